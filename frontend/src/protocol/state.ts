// All that the page knows, folded from frames by one reducer.
import type { Incoming } from "./frames";
import type { Hello, Messages, RunnerState, SessionId, SessionInfo, Sessions, Subscribed, WireError } from "./generated/protocol";
import { emptySession, reduceSession, type SessionInput, type SessionModel } from "./session";

export type Connection =
  | { status: "connecting" }
  | { status: "online" }
  /** `at`: when the next attempt is made, Unix milliseconds; absent while it is being made. */
  | { status: "reconnecting"; since: number; at?: number }
  | { status: "signed_out" }
  | { status: "incompatible"; theirs: number };

/** A prompt that is not known to be durable yet. */
export type Unsent = {
  client_id: string;
  session: SessionId;
  cmd: "prompt" | "steer" | "follow_up";
  text: string;
  images: { data: string; mime_type: string }[];
  created_at: number;
  /** Why the last attempt failed for good; a person decides. */
  error?: WireError;
  /** The number it was kept under; shown until the log says it too. */
  seq?: number;
};

export type PageState = {
  connection: Connection;
  hello?: Hello;
  runners: Readonly<Record<string, RunnerState>>;
  /** Absent until the list has been heard of. */
  sessions?: ReadonlyMap<SessionId, SessionInfo>;
  /** Why the list of a runner cannot be had, by its name; the lists of the others are shown all the same. */
  listErrors: Readonly<Record<string, WireError>>;
  open: ReadonlyMap<SessionId, SessionModel>;
  outbox: readonly Unsent[];
};

export type Input =
  | { kind: "frame"; frame: Incoming }
  | { kind: "connection"; connection: Connection }
  | { kind: "sessions"; runner?: string; reply: Sessions }
  | { kind: "list_failed"; runner?: string; error: WireError }
  | { kind: "row"; row: SessionInfo }
  | { kind: "open"; session: SessionId }
  | { kind: "hidden"; session: SessionId }
  | { kind: "close"; session: SessionId }
  | { kind: "subscribed"; session: SessionId; reply: Subscribed }
  | { kind: "subscription_failed"; session: SessionId; error: WireError }
  | { kind: "page"; session: SessionId; page: Messages }
  | { kind: "outbox"; outbox: readonly Unsent[] };

export const initialState: PageState = {
  connection: { status: "connecting" },
  runners: {},
  listErrors: {},
  open: new Map(),
  outbox: [],
};

/** Folds a batch of inputs. Order is kept; inputs of one session that follow each other are folded together. */
export function reduce(before: PageState, inputs: readonly Input[]): PageState {
  let state = before;
  let run: SessionInput[] = [];
  let about: SessionId | undefined;
  const flush = (): void => {
    if (about && run.length > 0) state = withSession(state, about, run);
    run = [];
  };
  for (const input of inputs) {
    const [session, one] = sessionInput(input);
    if (session && one) {
      if (session !== about) flush();
      about = session;
      run.push(one);
    } else {
      flush();
      state = step(state, input);
    }
  }
  flush();
  return state;
}

function sessionInput(input: Input): [SessionId, SessionInput] | [undefined, undefined] {
  switch (input.kind) {
    case "frame":
      if (input.frame.kind === "entry") return [input.frame.session, { kind: "entry", entry: input.frame.entry }];
      if (input.frame.kind === "live") return [input.frame.session, { kind: "live", live: input.frame.live }];
      return [undefined, undefined];
    case "subscribed":
      return [input.session, { kind: "subscribed", reply: input.reply }];
    case "page":
      return [input.session, { kind: "page", page: input.page }];
    case "subscription_failed":
      return [input.session, { kind: "ended", error: input.error }];
    case "hidden":
      return [input.session, { kind: "lost" }];
    case "connection":
    case "sessions":
    case "list_failed":
    case "row":
    case "open":
    case "close":
    case "outbox":
      return [undefined, undefined];
  }
}

function withSession(state: PageState, session: SessionId, inputs: readonly SessionInput[]): PageState {
  const before = state.open.get(session);
  if (!before) return state;
  const after = reduceSession(before, inputs);
  if (after === before) return state;
  const open = new Map(state.open).set(session, after);
  return { ...state, open, outbox: settledOutbox(state.outbox, after) };
}

/** Whether a prompt is durable, and shown by the log where its session is open. */
function isSettled(item: Unsent, model: SessionModel | undefined): boolean {
  return item.seq !== undefined && (model === undefined || model.snapshot.seq >= item.seq);
}

/** Drops what the log holds by now. */
function settledOutbox(outbox: readonly Unsent[], model: SessionModel): readonly Unsent[] {
  const kept = outbox.filter((item) => item.session !== model.session || !isSettled(item, model));
  return kept.length === outbox.length ? outbox : kept;
}

function step(state: PageState, input: Input): PageState {
  switch (input.kind) {
    case "frame":
      return frame(state, input.frame);
    case "connection":
      return connection(state, input.connection);
    case "sessions": {
      const others = [...(state.sessions?.values() ?? [])].filter(
        (row) => input.runner !== undefined && row.runner !== input.runner,
      );
      const sessions = new Map([...others, ...input.reply.sessions].map((row) => [row.id, row]));
      const { [input.runner ?? ""]: _mended, ...listErrors } = state.listErrors;
      return { ...state, sessions, listErrors };
    }
    case "list_failed":
      return { ...state, listErrors: { ...state.listErrors, [input.runner ?? ""]: input.error } };
    case "row":
      return { ...state, sessions: new Map(state.sessions).set(input.row.id, input.row) };
    case "open":
      return opened(state, input.session);
    case "close": {
      const open = new Map(state.open);
      open.delete(input.session);
      return { ...state, open };
    }
    case "outbox":
      return { ...state, outbox: input.outbox.filter((item) => !isSettled(item, state.open.get(item.session))) };
    case "hidden":
    case "subscribed":
    case "page":
    case "subscription_failed":
      return state;
  }
}

/** The session that is opened stands last, so that the first ones are those not opened for long. */
function opened(state: PageState, session: SessionId): PageState {
  const open = new Map(state.open);
  const known = open.get(session);
  open.delete(session);
  const kept = known && known.loading !== "ended" ? known : emptySession(session);
  return { ...state, open: open.set(session, kept) };
}

function connection(state: PageState, now: Connection): PageState {
  if (now.status === "online") return { ...state, connection: now };
  return { ...state, connection: now, open: allLost(state.open, () => true) };
}

function allLost(
  open: PageState["open"],
  which: (session: SessionId) => boolean,
): ReadonlyMap<SessionId, SessionModel> {
  return new Map(
    [...open].map(([id, model]) => [id, which(id) ? reduceSession(model, [{ kind: "lost" }]) : model]),
  );
}

function frame(state: PageState, incoming: Incoming): PageState {
  if (incoming.kind !== "system") return state;
  const { event } = incoming;
  switch (event.event) {
    case "hello": {
      const runners = Object.fromEntries((event.data.runners ?? []).map((runner) => [runner.name, runner.state]));
      return { ...state, hello: event.data, runners };
    }
    case "runner.lost": {
      const { runner } = event.data;
      const lost = (id: SessionId): boolean => (state.sessions?.get(id)?.runner ?? runner) === runner;
      return { ...state, runners: { ...state.runners, [runner]: "lost" }, open: allLost(state.open, lost) };
    }
    case "runner.back":
      return { ...state, runners: { ...state.runners, [event.data.runner]: "connected" } };
    case "sessions.changed": {
      const row = event.data.session;
      return { ...state, sessions: new Map(state.sessions).set(row.id, row) };
    }
    case "sessions.removed": {
      const sessions = new Map(state.sessions);
      sessions.delete(event.data.session);
      return { ...state, sessions };
    }
    case "subscription.ended":
      if (!incoming.session) return state;
      return withSession(state, incoming.session, [{ kind: "ended", error: event.data.error }]);
    case "protocol.error":
      return state;
  }
}
