import { ArrowUp, CornerDownRight, ImagePlus, ListPlus, Square, X } from "lucide-react";
import { useImperativeHandle, useLayoutEffect, useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { IconButton } from "../../ui/Button";
import { Trouble } from "../../ui/Trouble";
import { abort, lastSaid, send, type SessionId, type Snapshot, type Verb } from "./api";
import { useDraft } from "./draft";
import { Queue } from "./Queue";
import { Slash, useSlash } from "./Slash";
import "./composer.css";

export type ComposerHandle = { focus: () => void; fill: (text: string) => void };

const TOUCH = typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches;

function keyComposes(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229 || event.key === "Process";
}

/** Where a person writes. It is never disabled: what is written while the agent works waits, or goes into the turn. */
export function Composer({
  session,
  snapshot,
  handle,
}: {
  session: SessionId;
  snapshot: Snapshot;
  handle: Ref<ComposerHandle>;
}): ReactNode {
  const draft = useDraft(session);
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState<string>();
  const running = snapshot.turn !== undefined;
  const can = (what: "steer" | "abort" | "images"): boolean => snapshot.capabilities.includes(what);
  const slash = useSlash(session, snapshot, draft.text, (text) => {
    draft.setText(text);
    field.current?.focus();
  });
  useImperativeHandle(handle, () => ({
    focus: () => field.current?.focus(),
    fill: (text) => {
      draft.setText(text);
      field.current?.focus();
    },
  }));
  useGrowing(field, draft.text);

  const empty = draft.text.trim() === "" && draft.images.length === 0;
  const say = (verb: Verb): void => {
    if (empty) return;
    void send(session, verb, draft.text.trim(), [...draft.images]);
    draft.clear();
  };
  const usual: Verb = running ? "follow_up" : "prompt";
  const stop = (): void => {
    abort(session).then(
      () => setTrouble(undefined),
      (error: Error) => setTrouble(error.message),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (keyComposes(event) || slash.onKeyDown(event)) return;
    if (event.key === "Enter" && event.altKey && running && can("steer")) say("steer");
    else if (event.key === "ArrowUp" && draft.text === "" && lastSaid(session)) draft.setText(lastSaid(session));
    else if (event.key === "Enter" && !event.shiftKey && !event.altKey && (!TOUCH || event.ctrlKey || event.metaKey)) say(usual);
    else return;
    event.preventDefault();
  };
  const take = (list: FileList | null): void => {
    if (list && list.length > 0) draft.add(list).catch((error: Error) => setTrouble(error.message));
  };
  const paste = (event: ClipboardEvent): void => {
    if (can("images") && [...event.clipboardData.files].some((file) => file.type.startsWith("image/"))) {
      event.preventDefault();
      take(event.clipboardData.files);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (can("images")) take(event.dataTransfer.files);
  };

  return (
    <form
      className="composer"
      aria-label="Message"
      onSubmit={(event) => {
        event.preventDefault();
        say(usual);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <Queue session={session} queue={snapshot.queue} take={draft.setText} />
      {trouble ? <Trouble message={trouble} /> : null}
      <Slash slash={slash} />
      <div className="composer-box">
        {draft.images.length > 0 ? (
          <ul role="list" className="composer-images">
            {draft.images.map((image, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <img src={`data:${image.mime_type};base64,${image.data}`} alt={`Attached ${index + 1}`} />
                <IconButton label={`Remove picture ${index + 1}`} onClick={() => draft.remove(index)}>
                  <X size={13} />
                </IconButton>
              </li>
            ))}
          </ul>
        ) : null}
        <textarea
          ref={field}
          rows={1}
          value={draft.text}
          placeholder={running ? "Say what comes next…" : "Ask the agent…"}
          aria-label="Message to the agent"
          enterKeyHint={TOUCH ? "enter" : "send"}
          onChange={(event) => draft.setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={paste}
          {...slash.aria}
        />
        <div className="composer-actions">
          {can("images") ? (
            <>
              <input ref={files} type="file" accept="image/*" multiple hidden onChange={(event) => take(event.target.files)} />
              <IconButton label="Add pictures" onClick={() => files.current?.click()}>
                <ImagePlus size={17} />
              </IconButton>
            </>
          ) : null}
          <span className="composer-hint" aria-hidden="true">
            {hint(running, can("steer"), snapshot.inputs.length > 0)}
          </span>
          {running && can("steer") && !empty ? (
            <IconButton label="Steer: into the running turn (Alt+Enter)" onClick={() => say("steer")}>
              <CornerDownRight size={17} />
            </IconButton>
          ) : null}
          {running && can("abort") ? (
            <IconButton label="Stop (Esc)" className="stop" onClick={stop}>
              <Square size={14} fill="currentColor" />
            </IconButton>
          ) : null}
          {!running || !empty ? (
            <button
              type="submit"
              className="icon-button send"
              disabled={empty}
              aria-label={running ? "Queue: after this turn (Enter)" : "Send (Enter)"}
              title={running ? "Queue: after this turn (Enter)" : "Send (Enter)"}
            >
              {running ? <ListPlus size={17} /> : <ArrowUp size={18} />}
            </button>
          ) : null}
        </div>
      </div>
    </form>
  );
}

function hint(running: boolean, steer: boolean, asked: boolean): string {
  if (TOUCH) return "";
  if (asked) return "The question above waits";
  if (!running) return "Enter sends · Shift+Enter new line";
  return steer ? "Enter queues · Alt+Enter steers · Esc stops" : "Enter queues · Esc stops";
}

/** The field is as high as its text, up to a limit that the style sets. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}
