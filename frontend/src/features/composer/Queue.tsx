import { CornerDownRight, Hourglass, Pencil, SendHorizontal, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button, IconButton } from "../../ui/Button";
import { Trouble } from "../../ui/Trouble";
import { cancelQueued, editQueued, queuedText, sendQueued, type QueuedPrompt, type SessionId } from "./api";

/** Prompts that wait for their turn: editable, to be taken back, to be sent now. */
export function Queue({
  session,
  queue,
  take,
}: {
  session: SessionId;
  queue: readonly QueuedPrompt[];
  take: (text: string) => void;
}): ReactNode {
  if (queue.length === 0) return null;
  return (
    <ul role="list" className="queue" aria-label="Waiting messages">
      {queue.map((item) => (
        <Waiting key={item.prompt} session={session} item={item} take={take} />
      ))}
    </ul>
  );
}

function Waiting({ session, item, take }: { session: SessionId; item: QueuedPrompt; take: (text: string) => void }): ReactNode {
  const [editing, setEditing] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const text = queuedText(item);
  const attempt = (work: Promise<unknown>): void => {
    work.then(
      () => setTrouble(undefined),
      (error: Error) => setTrouble(error.message),
    );
  };
  if (editing !== undefined) {
    return (
      <li className="queue-edit">
        <textarea className="input" aria-label="Waiting message" value={editing} onChange={(event) => setEditing(event.target.value)} />
        <div>
          <Button
            look="primary"
            disabled={editing.trim() === ""}
            onClick={() => {
              attempt(editQueued(session, item.prompt, editing));
              setEditing(undefined);
            }}
          >
            Keep
          </Button>
          <Button look="quiet" onClick={() => setEditing(undefined)}>
            Back
          </Button>
        </div>
      </li>
    );
  }
  const Icon = item.delivery === "steer" ? CornerDownRight : Hourglass;
  const word = item.held ? "Held back" : item.delivery === "steer" ? "Steers soon" : "Next";
  return (
    <li data-held={item.held || undefined}>
      <Icon size={14} aria-hidden="true" />
      <span className="queue-word">{word}</span>
      <span className="queue-text" title={text}>
        {text}
      </span>
      <IconButton label="Send now" onClick={() => attempt(sendQueued(session, item.prompt))}>
        <SendHorizontal size={15} />
      </IconButton>
      <IconButton label="Edit waiting message" onClick={() => setEditing(text)}>
        <Pencil size={14} />
      </IconButton>
      <IconButton
        label="Take back"
        onClick={() => {
          attempt(cancelQueued(session, item.prompt).then(() => take(text)));
        }}
      >
        <X size={15} />
      </IconButton>
      {trouble ? <Trouble message={trouble} /> : null}
    </li>
  );
}
