import { ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useActions } from "../commands/registry";
import { Composer, type ComposerHandle } from "../features/composer/Composer";
import { BudgetDialog } from "../features/config/BudgetDialog";
import { ModelPicker } from "../features/config/ModelPicker";
import { closeSession, forkAt, openSession, reopenSession, rewindTo, sendPrompt, useSession } from "../features/conversation/api";
import { Conversation, type Jump } from "../features/conversation/Conversation";
import { NowLine } from "../features/conversation/NowLine";
import type { RowActions } from "../features/conversation/RowView";
import { Questions } from "../features/questions/Questions";
import { markRead } from "../features/sessions/states";
import { Delete, Rename } from "../features/sessions/SessionDialogs";
import { titleOf } from "../features/sessions/SessionList";
import { Button, IconButton } from "../ui/Button";
import { Trouble } from "../ui/Trouble";
import { baseName } from "../ui/words";
import { asWireError, useClient, type SessionId, type SessionModel, type WireError } from "../protocol";
import { Notices } from "./Notices";
import { useAnnouncement, useTab } from "./presence";
import { goHome, goSession, takeBegun } from "./route";
import { SessionMenu } from "./SessionMenu";
import { sessionActions, type SessionOverlay } from "./sessionActions";

/** One conversation with everything that belongs to it. */
export function SessionPlace({ session, jump }: { session: SessionId; jump?: Jump | undefined }): ReactNode {
  const model = useSession(session);
  const row = useClient((state) => state.sessions?.get(session));
  const composer = useRef<ComposerHandle>(null);
  const [overlay, setOverlay] = useState<SessionOverlay>();
  const [trouble, setTrouble] = useState<WireError>();
  const ready = useReady(model);
  useOpened(session, model);
  const snapshot = model?.snapshot;
  useWriting(session, snapshot !== undefined, composer);
  const title = snapshot?.title || (row ? titleOf(row) : snapshot?.workspace ? `New in ${baseName(snapshot.workspace)}` : "");
  useTab(title);
  const said = useAnnouncement(model?.loading === "live" ? snapshot?.state : undefined, snapshot?.inputs[0]?.title);
  const attempt = useCallback((work: Promise<unknown>) => {
    work.then(
      () => setTrouble(undefined),
      (thrown: unknown) => setTrouble(asWireError(thrown)),
    );
  }, []);
  const [onward, setOnward] = useState<string>();
  const offerBudget = useCallback((said: string) => {
    setOnward(said);
    setOverlay("budget");
  }, []);
  const rowActions = useRowActions(session, model, composer, attempt, offerBudget);
  const list = useMemo(
    () => sessionActions({ session, composer, open: setOverlay, attempt }),
    [session, attempt],
  );
  useActions(list);
  const close = (): void => {
    setOverlay(undefined);
    setOnward(undefined);
  };

  if (model?.loading === "ended" && model.error && !model.error.retryable) {
    return <Gone error={model.error} session={session} />;
  }
  return (
    <div className="session">
      <header className="session-head">
        <IconButton label="Back to the list" className="back" onClick={goHome}>
          <ArrowLeft size={19} />
        </IconButton>
        <div className="session-name">
          <h1>{title}</h1>
          <p title={snapshot?.workspace}>
            <bdi dir="ltr">{snapshot?.workspace}</bdi>
          </p>
        </div>
        {snapshot ? <SessionMenu snapshot={snapshot} open={setOverlay} /> : null}
      </header>
      {model && ready ? (
        <Conversation model={model} actions={rowActions} jump={jump} leave={() => composer.current?.focus()} />
      ) : (
        <Shape />
      )}
      <div className="session-foot">
        {trouble ? (
          <Trouble message={trouble.message} hint={trouble.hint}>
            <button type="button" className="link" onClick={() => setTrouble(undefined)}>
              Close
            </button>
          </Trouble>
        ) : null}
        {model ? <Notices notices={model.notices} /> : null}
        {model ? <NowLine model={model} /> : null}
        <Questions session={session} />
        {snapshot ? <Composer session={session} snapshot={snapshot} handle={composer} /> : null}
      </div>
      <div className="hidden-text" role="status">
        {said}
      </div>
      {overlay === "model" ? <ModelPicker session={session} close={close} /> : null}
      {overlay === "budget" ? (
        <BudgetDialog
          session={session}
          goOn={onward === undefined ? undefined : () => attempt(sendPrompt(session, onward))}
          close={close}
        />
      ) : null}
      {overlay === "rename" && row ? <Rename row={row} close={close} /> : null}
      {overlay === "delete" && row ? <Delete row={row} close={close} gone={goHome} /> : null}
    </div>
  );
}

/** Whether there is something to show: remembered from before, or loaded by now; then it stays, also through a cut. */
function useReady(model: SessionModel | undefined): boolean {
  const [remembered] = useState((model?.entries.length ?? 0) > 0);
  const ready = useRef(remembered);
  if (model?.loading === "live") ready.current = true;
  return ready.current;
}

/** In a conversation that was just begun one writes at once. */
function useWriting(session: SessionId, ready: boolean, composer: { current: ComposerHandle | null }): void {
  useEffect(() => {
    if (!ready || !takeBegun(session)) return;
    // The dialog that began it gives the focus back to its button first.
    const later = setTimeout(() => composer.current?.focus());
    return () => clearTimeout(later);
  }, [session, ready, composer]);
}

/** Subscribed while it is shown; read as far as it has been shown. */
function useOpened(session: SessionId, model: SessionModel | undefined): void {
  useEffect(() => {
    openSession(session);
    return () => closeSession(session);
  }, [session]);
  const seq = model?.loading === "live" ? model.snapshot.seq : 0;
  useEffect(() => {
    if (seq > 0 && !document.hidden) markRead(session, seq);
  }, [session, seq]);
}

function useRowActions(
  session: SessionId,
  model: SessionModel | undefined,
  composer: { current: ComposerHandle | null },
  attempt: (work: Promise<unknown>) => void,
  budget: (onward: string) => void,
): RowActions {
  const capabilities = model?.snapshot.capabilities;
  const resting = model?.snapshot.turn === undefined;
  return useMemo(
    () => ({
      can: { fork: capabilities?.includes("fork") ?? false, rewind: capabilities?.includes("rewind") ?? false },
      resting,
      fork: (at) =>
        attempt(
          forkAt(session, at).then((forked) => {
            if (forked.text) localStorage.setItem(`draft:${forked.session}`, forked.text);
            goSession(forked.session);
          }),
        ),
      rewind: (to) => attempt(rewindTo(session, to).then((text) => composer.current?.fill(text))),
      budget,
      again: (text) => attempt(sendPrompt(session, text)),
      edit: (text) => composer.current?.fill(text),
      show: goSession,
    }),
    [session, capabilities, resting, composer, attempt, budget],
  );
}

function Gone({ error, session }: { error: WireError; session: SessionId }): ReactNode {
  useTab("");
  return (
    <div className="home">
      <h1>This conversation cannot be shown</h1>
      <Trouble message={error.message} hint={error.hint} />
      <div className="home-choice">
        <Button onClick={() => reopenSession(session)}>Try again</Button>
        <Button look="primary" onClick={goHome}>
          To the list
        </Button>
      </div>
    </div>
  );
}

/** The shape of a conversation that is on its way. */
function Shape(): ReactNode {
  return (
    <div className="shape session-shape" aria-hidden="true">
      {["88%", "40%", "95%", "76%", "60%"].map((width) => (
        <span key={width} style={{ width }} />
      ))}
    </div>
  );
}
