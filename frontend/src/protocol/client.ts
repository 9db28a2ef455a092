// What the page's features talk to: one connection, one state, requests, subscriptions and the outbox.
import { createStore, type StoreApi } from "zustand/vanilla";
import { Connection, type Socket } from "./connection";
import { parseFrame, wireError, type CommandName, type Incoming, type Params, type Reply, type Target } from "./frames";
import { PROTOCOL_VERSION, type SessionId, type SessionInfo } from "./generated/protocol";
import { keptWherePossible, type Kept } from "./kept";
import { Outbox } from "./outbox";
import { asWireError, Refused, Requests } from "./requests";
import { schedule, type Schedule } from "./schedule";
import { hasGap } from "./session";
import { initialState, reduce, type Input, type PageState, type Unsent } from "./state";

/** Whether trying again makes sense: the relay answers, wants a sign-in, or is not there. */
export type Probe = "fine" | "signed_out" | "away";

export type ClientOptions = {
  socket: () => Socket;
  probe: () => Promise<Probe>;
  kept?: Kept<Unsent>;
  newId?: () => string;
};

/** Entries of a session that are asked for at first; older messages come page by page. */
export const TAIL = 400;
/** Entries that are caught up with at most; who has missed more begins near the end, as at first. */
const CATCH_UP = 2_000;
const PAGE = 200;
/** How many sessions that are not shown any more are remembered. */
const REMEMBERED = 6;
/** How long a request waits for a connection, in milliseconds. */
const PATIENCE = 10_000;
/** How often a subscription that the runner ended is asked for again, in milliseconds. */
const RESUBSCRIBE_AFTER = 2_000;

export class Client {
  readonly store: StoreApi<PageState> = createStore(() => initialState);
  private readonly connection: Connection;
  private readonly requests: Requests;
  private readonly outbox: Outbox;
  private readonly schedule: Schedule = schedule(() => this.flush());
  private readonly paging = new Map<SessionId, Promise<void>>();
  private inputs: Input[] = [];
  private greeted = false;
  /** Sessions that somebody looks at, the one opened last at the end. */
  private readonly shown = new Set<SessionId>();
  private lostAt = 0;

  constructor(private readonly options: ClientOptions) {
    this.requests = new Requests((text) => this.greeted && this.connection.send(text));
    this.connection = new Connection({
      socket: options.socket,
      ping: () => JSON.stringify({ channel: "system", id: "ping", cmd: "ping" }),
      worthTrying: () => this.worthTrying(),
      events: {
        opened: () => this.connection.send(hello()),
        text: (text) => this.receive(parseFrame(text)),
        lost: (at) => this.lost(at),
        trying: () => this.status({ status: "trying" }),
      },
    });
    this.outbox = new Outbox({
      kept: options.kept ?? keptWherePossible("outbox"),
      online: () => this.greeted,
      send: (item) => this.call(item.cmd, promptParams(item), { session: item.session }),
      changed: (outbox) => this.put({ kind: "outbox", outbox }, "now"),
    });
  }

  start(): void {
    this.connection.start();
    void this.outbox.restore();
  }

  stop(): void {
    this.connection.stop();
    this.requests.lost();
  }

  /** The network or the person came back. */
  nudge(): void {
    if (this.store.getState().connection.status !== "signed_out") this.connection.nudge();
  }

  /** Throws the connection away; a new one follows. */
  reset(): void {
    this.connection.reset();
  }

  /** Asks, as soon as there is a connection; the runner of a known session is named for the relay. */
  async call<C extends CommandName>(cmd: C, params: Params<C>, target: Target = {}): Promise<Reply<C>> {
    await this.online(PATIENCE);
    const runner = target.runner ?? (target.session && this.store.getState().sessions?.get(target.session)?.runner);
    return this.requests.call(cmd, params, runner === undefined ? target : { ...target, runner });
  }

  /** Asks for a change under a key, again after a cut, until it is known what came of it. */
  async change<C extends CommandName>(cmd: C, params: Params<C>, target: Target = {}): Promise<Reply<C>> {
    const keyed = { ...params, client_id: this.newId() } as Params<C>;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.call(cmd, keyed, target);
      } catch (thrown) {
        if (!asWireError(thrown).retryable || attempt >= 3) throw thrown;
        await this.online(20_000);
      }
    }
  }

  /** Shows a session: subscribes, and again after every cut. One that was shown lately is there at once. */
  open(session: SessionId): void {
    if (this.shown.has(session)) return;
    this.shown.add(session);
    this.put({ kind: "open", session }, "now");
    if (this.greeted) void this.subscribe(session);
  }

  /** Hides a session. The last ones are remembered as they were, by number, and go on from there. */
  close(session: SessionId): void {
    if (!this.shown.delete(session)) return;
    this.put({ kind: "hidden", session }, "now");
    const hidden = [...this.store.getState().open.keys()].filter((id) => !this.shown.has(id));
    for (const forgotten of hidden.slice(0, -REMEMBERED)) this.put({ kind: "close", session: forgotten }, "now");
    if (this.greeted) void this.call("unsubscribe", {}, { session }).catch(() => undefined);
  }

  /** Tries again what ended with an error. */
  reopen(session: SessionId): void {
    void this.subscribe(session);
  }

  /** The page of messages before the ones that are there. */
  older(session: SessionId): Promise<void> {
    const asked = this.paging.get(session);
    if (asked) return asked;
    const asking = this.olderPage(session).finally(() => this.paging.delete(session));
    this.paging.set(session, asking);
    return asking;
  }

  private async olderPage(session: SessionId): Promise<void> {
    const before = this.store.getState().open.get(session)?.entries[0]?.seq;
    const page = await this.call("get_messages", { before, limit: PAGE }, { session });
    this.put({ kind: "page", session, page }, "now");
  }

  /** A row that a command's reply carried. */
  row(row: SessionInfo): void {
    this.put({ kind: "row", row }, "now");
  }

  async send(session: SessionId, cmd: Unsent["cmd"], text: string, images: Unsent["images"]): Promise<void> {
    await this.outbox.add({ client_id: this.newId(), session, cmd, text, images, created_at: Date.now() });
  }

  retry(client_id: string): void {
    this.outbox.retry(client_id);
  }

  discard(client_id: string): Promise<void> {
    return this.outbox.discard(client_id);
  }

  private newId(): string {
    return (this.options.newId ?? (() => crypto.randomUUID()))();
  }

  private async online(within: number): Promise<void> {
    if (this.greeted) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Refused(wireError("unreachable", "not connected", true)));
      }, within);
      const stop = this.store.subscribe(() => {
        if (!this.greeted) return;
        clearTimeout(timer);
        stop();
        resolve();
      });
    });
  }

  private put(input: Input, when: "now" | "soon"): void {
    this.inputs.push(input);
    if (when === "now") this.flush();
    else this.schedule.soon();
  }

  private flush(): void {
    if (this.inputs.length === 0) return;
    const { inputs } = this;
    this.inputs = [];
    const before = this.store.getState();
    const after = reduce(before, inputs);
    if (after.outbox !== before.outbox) this.outbox.settled(after.outbox);
    if (after !== before) this.store.setState(after, true);
  }

  private receive(frame: Incoming): void {
    switch (frame.kind) {
      case "reply":
        // What was asked for before must be folded before what the answer leads to.
        this.flush();
        return this.requests.reply(frame.id, frame.ok);
      case "failure":
        return this.requests.failure(frame.id, frame.error);
      case "entry":
        this.put({ kind: "frame", frame }, "soon");
        return this.mindTheGap(frame.session, frame.entry.seq);
      case "live":
        return this.put({ kind: "frame", frame }, "soon");
      case "system":
        this.put({ kind: "frame", frame }, "now");
        return this.system(frame);
      case "unknown":
      case "malformed":
        console.warn("oqto: a frame that this page does not understand", frame);
    }
  }

  private mindTheGap(session: SessionId, seq: number): void {
    const model = this.store.getState().open.get(session);
    if (!model || model.loading !== "live" || seq <= model.snapshot.seq + 1) return;
    this.flush();
    const now = this.store.getState().open.get(session);
    if (now && hasGap(now, { seq, ts: 0, event: "unknown", data: { name: "" } })) void this.subscribe(session);
  }

  private system(frame: Extract<Incoming, { kind: "system" }>): void {
    const { event } = frame;
    switch (event.event) {
      case "hello":
        return this.hello(event.data.protocol);
      case "runner.lost":
        return this.requests.lost(event.data.runner);
      case "runner.back":
        return this.everything();
      case "subscription.ended":
        if (frame.session && event.data.error.retryable) this.later(frame.session);
        return;
      case "sessions.changed":
      case "sessions.removed":
      case "protocol.error":
        return;
    }
  }

  private hello(protocol: number): void {
    if (protocol !== PROTOCOL_VERSION) {
      this.connection.stop();
      this.put({ kind: "connection", connection: { status: "incompatible", theirs: protocol } }, "now");
      return;
    }
    this.greeted = true;
    this.connection.settled();
    this.status({ status: "online" });
    this.everything();
  }

  private everything(): void {
    void this.watch();
    for (const session of this.shown) void this.subscribe(session);
    this.outbox.wake();
  }

  private async watch(): Promise<void> {
    const runners = Object.keys(this.store.getState().runners);
    await Promise.all((runners.length === 0 ? [undefined] : runners).map((runner) => this.watchOne(runner)));
  }

  private async watchOne(runner: string | undefined): Promise<void> {
    try {
      const reply = await this.requests.call("sessions.watch", {}, runner === undefined ? {} : { runner });
      this.put({ kind: "sessions", runner, reply }, "now");
    } catch (thrown) {
      this.put({ kind: "list_failed", runner, error: asWireError(thrown) }, "now");
    }
  }

  private async subscribe(session: SessionId): Promise<void> {
    const model = this.store.getState().open.get(session);
    if (!model || !this.shown.has(session)) return;
    const { log, seq } = model.snapshot;
    const known = log === "log_" ? { tail: TAIL } : { log, after: seq, tail: CATCH_UP };
    try {
      const reply = await this.call("subscribe", known, { session });
      this.put({ kind: "subscribed", session, reply }, "now");
    } catch (thrown) {
      const error = asWireError(thrown);
      this.put({ kind: "subscription_failed", session, error }, "now");
      if (error.retryable && this.greeted) this.later(session);
    }
  }

  private later(session: SessionId): void {
    setTimeout(() => {
      if (this.greeted && this.store.getState().open.get(session)?.loading === "ended") void this.subscribe(session);
    }, RESUBSCRIBE_AFTER);
  }

  private async worthTrying(): Promise<boolean> {
    if ((await this.options.probe()) !== "signed_out") return true;
    this.connection.stop();
    this.status({ status: "signed_out" });
    return false;
  }

  private lost(at: number): void {
    const never = this.lostAt === 0 && !this.greeted;
    if (this.greeted) this.lostAt = Date.now();
    this.greeted = false;
    this.requests.lost();
    if (never) this.lostAt = Date.now();
    this.status({ status: "lost", at });
  }

  private status(now: { status: "trying" | "online" | "signed_out" } | { status: "lost"; at: number }): void {
    const before = this.store.getState().connection.status;
    switch (now.status) {
      case "online":
        this.lostAt = 0;
        return this.put({ kind: "connection", connection: { status: "online" } }, "now");
      case "signed_out":
        return this.put({ kind: "connection", connection: { status: "signed_out" } }, "now");
      case "trying":
        if (before !== "reconnecting") return;
        return this.put({ kind: "connection", connection: { status: "reconnecting", since: this.lostAt } }, "now");
      case "lost": {
        const connection = { status: "reconnecting", since: this.lostAt, at: now.at } as const;
        return this.put({ kind: "connection", connection }, "now");
      }
    }
  }
}

function hello(): string {
  const data = { protocol: PROTOCOL_VERSION, software: "oqto-page/0.1.0", capabilities: [] };
  return JSON.stringify({ channel: "system", event: "hello", data });
}

function promptParams(item: Unsent): Params<"prompt"> {
  const images = item.images.map((image) => ({ kind: "base64" as const, ...image }));
  return { text: item.text, client_id: item.client_id, ...(images.length > 0 ? { images } : {}) };
}
