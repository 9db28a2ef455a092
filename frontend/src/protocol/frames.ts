// Frames as the page sees them: parsed once at the edge, then a closed union.
import {
  LIVE_EVENTS,
  LOG_EVENTS,
  SYSTEM_EVENTS,
  type Channel,
  type Command,
  type ErrorKind,
  type LiveEvent,
  type LogEvent,
  type Replies,
  type SessionId,
  type SystemEvent,
  type WireError,
} from "./generated/protocol";

/** A durable entry of a session. `unknown` is one that a newer version writes. */
export type Entry = { seq: number; ts: number } & (LogEvent | { event: "unknown"; data: { name: string } });

/** A live event with its time. */
export type Live = { ts: number } & LiveEvent;

export type Incoming =
  | { kind: "entry"; session: SessionId; entry: Entry }
  | { kind: "live"; session: SessionId; live: Live }
  | { kind: "system"; session?: SessionId; event: SystemEvent }
  | { kind: "reply"; id: string; ok: unknown }
  | { kind: "failure"; id: string; error: WireError }
  | { kind: "unknown"; name: string }
  | { kind: "malformed"; why: string };

export type CommandName = Command["cmd"];
export type Params<C extends CommandName> = Extract<Command, { cmd: C }>["params"];
export type Reply<C extends CommandName> = C extends keyof Replies ? Replies[C] : never;

/** What the frame of a request says besides the command. */
export type Target = { session?: SessionId; runner?: string };

const log: ReadonlySet<string> = new Set(LOG_EVENTS);
const live: ReadonlySet<string> = new Set(LIVE_EVENTS);
const system: ReadonlySet<string> = new Set(SYSTEM_EVENTS);

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An id of a session, as far as its look goes. */
export function isSessionId(text: string): text is SessionId {
  return /^ses_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text);
}

/** An error of our own, in the form that the wire has. */
export function wireError(code: ErrorKind, message: string, retryable: boolean, hint?: string): WireError {
  return hint === undefined ? { code, message, retryable } : { code, message, retryable, hint };
}

function toError(value: unknown): WireError {
  if (!isFields(value)) return wireError("failed", "it failed, without saying why", false);
  const message = typeof value["message"] === "string" ? value["message"] : "it failed";
  const hint = typeof value["hint"] === "string" ? value["hint"] : undefined;
  return wireError((value["code"] as ErrorKind | undefined) ?? "failed", message, value["retryable"] === true, hint);
}

/** Reads one message of the socket. Never throws: what cannot be understood is a value too. */
export function parseFrame(text: string): Incoming {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { kind: "malformed", why: "not JSON" };
  }
  if (!isFields(frame)) return { kind: "malformed", why: "not an object" };
  if (typeof frame["event"] === "string") return parseEvent(frame, frame["event"]);
  const id = frame["id"];
  if (typeof id !== "string") return { kind: "malformed", why: "a reply without an id" };
  if (frame["error"] !== undefined && frame["error"] !== null) {
    return { kind: "failure", id, error: toError(frame["error"]) };
  }
  return "ok" in frame ? { kind: "reply", id, ok: frame["ok"] } : { kind: "malformed", why: "neither reply nor event" };
}

function parseEvent(frame: Fields, name: string): Incoming {
  const session = typeof frame["session"] === "string" ? (frame["session"] as SessionId) : undefined;
  const ts = typeof frame["ts"] === "number" ? frame["ts"] : 0;
  const data = frame["data"];
  if (typeof frame["seq"] === "number" && session) {
    return { kind: "entry", session, entry: toEntry(frame["seq"], ts, name, data) };
  }
  // The name decides the shape; the relay and the runner are built from the same definitions.
  if (system.has(name)) return { kind: "system", session, event: { event: name, data } as SystemEvent };
  if (live.has(name) && session) return { kind: "live", session, live: { ts, event: name, data } as Live };
  return { kind: "unknown", name };
}

export function toEntry(seq: number, ts: number, name: string, data: unknown): Entry {
  return log.has(name) ? ({ seq, ts, event: name, data } as Entry) : { seq, ts, event: "unknown", data: { name } };
}

const CHANNELS: Partial<Record<CommandName, Channel>> = { search: "hstry", "blob.put": "hstry", "blob.get": "hstry" };

/** The text of a request. */
export function requestText<C extends CommandName>(id: string, cmd: C, params: Params<C>, target: Target): string {
  return JSON.stringify({ channel: CHANNELS[cmd] ?? "agent", id, ...target, cmd, params });
}
