// All that the conversation needs of the protocol.
import { asWireError, client, shows, TAIL, useClient } from "../../protocol";
import type { Media, SessionId, SessionModel, Unsent, WireError } from "../../protocol";

export type {
  BudgetChanged,
  Entry,
  Media,
  Message,
  Part,
  RunningTool,
  SessionId,
  SessionModel,
  Snapshot,
  StreamingMessage,
  ToolResult,
  TurnEnded,
  Unsent,
  Usage,
  WireError,
} from "../../protocol";
export { asWireError, shows, TAIL };

export function useSession(session: SessionId): SessionModel | undefined {
  return useClient((state) => state.open.get(session));
}

export function useOutbox(): readonly Unsent[] {
  return useClient((state) => state.outbox);
}

export function useConnectionUp(): boolean {
  return useClient((state) => state.connection.status === "online");
}

export const openSession = (session: SessionId): void => client.open(session);
export const closeSession = (session: SessionId): void => client.close(session);
export const reopenSession = (session: SessionId): void => client.reopen(session);
export const loadOlder = (session: SessionId): Promise<void> => client.older(session);
export const retryUnsent = (id: string): void => client.retry(id);
export const discardUnsent = (id: string): Promise<void> => client.discard(id);
export const sendPrompt = (session: SessionId, text: string): Promise<void> => client.send(session, "prompt", text, []);

/** A new session that knows everything before an entry. */
export async function forkAt(session: SessionId, at?: number): Promise<{ session: SessionId; text?: string }> {
  const reply = await client.change("fork", at === undefined ? {} : { at }, { session });
  client.row(reply.session);
  return { session: reply.session.id, text: reply.text };
}

/** Takes an entry and what came after it back; the text is there to be edited. */
export async function rewindTo(session: SessionId, to: number): Promise<string> {
  return (await client.change("rewind", { to }, { session })).text;
}

/** The bytes of a picture as an address that an `img` takes, or the error that says why not. */
export async function mediaAddress(media: Media): Promise<string | WireError> {
  switch (media.kind) {
    case "base64":
      return URL.createObjectURL(new Blob([bytes(media.data)], { type: media.mime_type }));
    case "url":
      return media.url;
    case "blob":
      return blobAddress(media.sha256, media.mime_type);
  }
}

const blobs = new Map<string, Promise<string | WireError>>();

function blobAddress(sha256: string, type: string): Promise<string | WireError> {
  const known = blobs.get(sha256);
  if (known) return known;
  const loading = fetchBlob(sha256, type).catch((thrown: unknown) => {
    blobs.delete(sha256);
    return asWireError(thrown);
  });
  blobs.set(sha256, loading);
  return loading;
}

async function fetchBlob(sha256: string, type: string): Promise<string> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0, total = 1; offset < total; ) {
    const chunk = await client.call("blob.get", { sha256, offset });
    const piece = bytes(chunk.data);
    chunks.push(piece);
    total = chunk.total;
    if (piece.length === 0) break;
    offset += piece.length;
  }
  return URL.createObjectURL(new Blob(chunks, { type }));
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
