// What the composer needs of the protocol.
import { client, keptWherePossible, useClient } from "../../protocol";
import type { CommandInfo, PromptId, QueuedPrompt, SessionId, Snapshot, Unsent } from "../../protocol";

export type { CommandInfo, PromptId, QueuedPrompt, SessionId, Snapshot } from "../../protocol";
export type Picture = Unsent["images"][number];
export type Verb = Unsent["cmd"];

export function useSnapshot(session: SessionId): Snapshot | undefined {
  return useClient((state) => state.open.get(session)?.snapshot);
}

/** What the person said last in a session, to be edited and said again. */
export function lastSaid(session: SessionId): string {
  const entries = client.store.getState().open.get(session)?.entries ?? [];
  const said = entries.findLast((entry) => entry.event === "message" && entry.data.message.role === "user");
  if (said?.event !== "message") return "";
  return said.data.message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

export const send = (session: SessionId, verb: Verb, text: string, images: Picture[]): Promise<void> =>
  client.send(session, verb, text, images);

export const abort = (session: SessionId): Promise<unknown> => client.call("abort", {}, { session });

export const slashCommands = async (session: SessionId): Promise<CommandInfo[]> =>
  (await client.call("get_commands", {}, { session })).commands;

export const cancelQueued = (session: SessionId, prompt: PromptId): Promise<unknown> =>
  client.change("queue.cancel", { prompt }, { session });
export const sendQueued = (session: SessionId, prompt: PromptId): Promise<unknown> =>
  client.change("queue.send", { prompt }, { session });
export const editQueued = (session: SessionId, prompt: PromptId, text: string): Promise<unknown> =>
  client.change("queue.edit", { prompt, text }, { session });

export function queuedText(item: QueuedPrompt): string {
  return item.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

const pictures = keptWherePossible<{ session: SessionId; images: Picture[] }>("drafts");

/** What was typed and not sent, for each session, in this browser. */
export const drafts = {
  text: (session: SessionId): string => localStorage.getItem(`draft:${session}`) ?? "",
  keep: (session: SessionId, text: string): void => {
    if (text) localStorage.setItem(`draft:${session}`, text);
    else localStorage.removeItem(`draft:${session}`);
  },
  images: async (session: SessionId): Promise<Picture[]> =>
    (await pictures.all().catch(() => [])).find((draft) => draft.session === session)?.images ?? [],
  keepImages: (session: SessionId, images: Picture[]): void => {
    const kept = images.length > 0 ? pictures.put(session, { session, images }) : pictures.remove(session);
    void kept.catch(() => undefined);
  },
};
