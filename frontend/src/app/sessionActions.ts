// What can be done to the conversation that is open, for keys, menu and palette.
import type { Action } from "../commands/registry";
import { abort } from "../features/composer/api";
import type { ComposerHandle } from "../features/composer/Composer";
import { hasBudget } from "../features/config/api";
import { forkAt } from "../features/conversation/api";
import { compactContext, resume, stop } from "../features/sessions/api";
import { client, type Capability, type SessionId, type Snapshot } from "../protocol";
import { goSession } from "./route";

export type SessionOverlay = "model" | "budget" | "rename" | "delete";

type Means = {
  session: SessionId;
  composer: { current: ComposerHandle | null };
  open: (overlay: SessionOverlay) => void;
  attempt: (work: Promise<unknown>) => void;
};

export function hasProcess(snapshot: Snapshot): boolean {
  return snapshot.state !== "stopped" && snapshot.state !== "failed" && snapshot.state !== "asleep";
}

export function sessionActions({ session, composer, open, attempt }: Means): readonly Action[] {
  const snapshot = (): Snapshot | undefined => client.store.getState().open.get(session)?.snapshot;
  const can = (what: Capability): boolean => snapshot()?.capabilities.includes(what) ?? false;
  const running = (): boolean => snapshot()?.turn !== undefined;
  // A question stays open until it is answered: Escape neither answers nor ends it.
  const asked = (): boolean => (snapshot()?.inputs.length ?? 0) > 0;
  const here = (): boolean => {
    const now = snapshot();
    return now !== undefined && hasProcess(now);
  };
  const group = "Conversation" as const;
  return [
    { id: "write", title: "Write a message", group, keys: ["/", "$mod+l"], run: () => composer.current?.focus() },
    { id: "abort", title: "Stop the turn", group, keys: ["Escape"], when: () => running() && can("abort") && !asked(), run: () => attempt(abort(session)) },
    { id: "model", title: "Model and thinking…", group, keys: ["$mod+Shift+M"], when: () => can("models"), run: () => open("model") },
    { id: "rename", title: "Rename…", group, run: () => open("rename") },
    { id: "budget", title: "Budget…", group, when: () => hasBudget(session), run: () => open("budget") },
    { id: "compact", title: "Summarise the context", group, when: () => can("compact") && !running(), run: () => attempt(compactContext(session)) },
    {
      id: "fork",
      title: "Fork this conversation",
      group,
      when: () => can("fork"),
      run: () => attempt(forkAt(session).then((forked) => goSession(forked.session))),
    },
    { id: "stop", title: "End the agent's process", group, when: here, run: () => attempt(stop(session)) },
    { id: "resume", title: "Start the agent's process again", group, when: () => !here() && can("resume"), run: () => attempt(resume(session)) },
    { id: "delete", title: "Delete…", group, run: () => open("delete") },
  ];
}
