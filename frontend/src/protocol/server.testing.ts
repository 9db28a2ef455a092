// A runner in memory, for tests of the client: it keeps a log, answers as the protocol says, and can be cut at any time.
import type { Socket } from "./connection";
import { applyEntry, applyLive, emptySnapshot } from "./fold";
import { toEntry, type Entry, type Live } from "./frames";
import type { MessageId, SessionId, Snapshot, TurnId } from "./generated/protocol";

type Request = { id: string; cmd: string; session?: SessionId; params: Record<string, unknown> };

export const SESSION: SessionId = "ses_01kaaaaaaaaaaaaaaaaaaaaaaa";
const LOG = "log_01kaaaaaaaaaaaaaaaaaaaaaaa";

export class FakeRunner {
  entries: Entry[] = [];
  snapshot: Snapshot = emptySnapshot(SESSION, LOG);
  /** How often a prompt was carried out. */
  readonly carriedOut: string[] = [];
  private readonly outcomes = new Map<string, unknown>();
  private pipes = new Set<Pipe>();
  /** How often somebody subscribed. */
  subscriptions = 0;
  /** With what. */
  readonly asked: unknown[] = [];
  /** Lose the reply of the next prompt: the line is cut after it was carried out. */
  loseReply = false;
  reachable = true;
  /** Open, but nothing comes any more: what a dead line looks like. */
  deaf = false;

  constructor() {
    this.append("session.created", { harness: "pi", workspace: "/w" });
  }

  socket(): Socket {
    const pipe = new Pipe((text) => this.receive(pipe, text));
    queueMicrotask(() => {
      if (!this.reachable) return pipe.cut();
      pipe.readyState = 1;
      pipe.onopen?.call(pipe as unknown as WebSocket, new Event("open"));
      this.pipes.add(pipe);
      pipe.give({ channel: "system", event: "hello", data: { protocol: 1, software: "fake", capabilities: [] } });
    });
    return pipe;
  }

  cut(): void {
    for (const pipe of this.pipes) pipe.cut();
    this.pipes.clear();
  }

  append(event: string, data: unknown): Entry {
    const entry = toEntry(this.entries.length + 1, 1_000 + this.entries.length, event, data);
    this.entries.push(entry);
    this.snapshot = applyEntry(this.snapshot, entry);
    this.tell({ channel: "agent", session: SESSION, seq: entry.seq, ts: entry.ts, event, data });
    return entry;
  }

  live(event: string, data: unknown): void {
    const live = { ts: 5, event, data } as Live;
    this.snapshot = applyLive(this.snapshot, live);
    this.tell({ channel: "agent", session: SESSION, ...live });
  }

  private tell(frame: unknown): void {
    for (const pipe of this.pipes) if (pipe.subscribed) pipe.give(frame);
  }

  private receive(pipe: Pipe, text: string): void {
    const request = JSON.parse(text) as Request;
    if (!request.cmd || this.deaf) return;
    const ok = (value: unknown): void => pipe.give({ channel: "agent", id: request.id, ok: value });
    switch (request.cmd) {
      case "ping":
        return ok({});
      case "sessions.watch":
        return ok({ revision: 1, sessions: [] });
      case "subscribe":
        return this.subscribe(pipe, request);
      case "unsubscribe":
        pipe.subscribed = false;
        return ok({});
      case "prompt": {
        const reply = this.prompt(request);
        if (!this.loseReply) return ok(reply);
        this.loseReply = false;
        return this.cut();
      }
      default:
        return pipe.give({ channel: "agent", id: request.id, error: { code: "unknown_command", message: request.cmd, retryable: false } });
    }
  }

  private subscribe(pipe: Pipe, request: Request): void {
    this.subscriptions += 1;
    this.asked.push(request.params);
    const { log, after, tail } = request.params as { log?: string; after?: number; tail?: number };
    const head = this.entries.length;
    const reset = log !== undefined && (log !== LOG || (after ?? 0) > head);
    const from = reset ? 0 : (after ?? Math.max(0, head - (tail ?? head)));
    pipe.give({ channel: "agent", id: request.id, ok: { log: LOG, head, from, reset } });
    for (const entry of this.entries.slice(from)) {
      pipe.give({ channel: "agent", session: SESSION, seq: entry.seq, ts: entry.ts, event: entry.event, data: entry.data });
    }
    pipe.give({ channel: "agent", session: SESSION, ts: 9, event: "session.snapshot", data: this.snapshot });
    pipe.subscribed = true;
  }

  private prompt(request: Request): unknown {
    const { client_id, text } = request.params as { client_id: string; text: string };
    const known = this.outcomes.get(client_id);
    if (known) return known;
    this.carriedOut.push(text);
    const turn: TurnId = `trn_${this.carriedOut.length}`;
    const message: MessageId = `msg_${this.carriedOut.length}`;
    this.append("turn.started", { turn, message });
    const { seq } = this.append("message", {
      turn,
      message: { id: message, role: "user", parts: [{ type: "text", text }], created_at: 1, client_id },
    });
    this.append("turn.ended", { turn, reason: "done", duration_ms: 1 });
    const outcome = { seq, turn, message };
    this.outcomes.set(client_id, outcome);
    return outcome;
  }
}

/** One socket. What is given arrives one macrotask later and in order, as in a browser. */
class Pipe implements Socket {
  readyState: Socket["readyState"] = 0;
  subscribed = false;
  onopen: Socket["onopen"] = null;
  onclose: Socket["onclose"] = null;
  onmessage: Socket["onmessage"] = null;

  constructor(private readonly receive: (text: string) => void) {}

  send(data: Parameters<Socket["send"]>[0]): void {
    if (this.readyState !== 1) throw new Error("the socket is not open");
    const text = String(data);
    setTimeout(() => (this.readyState === 1 ? this.receive(text) : undefined), 0);
  }

  give(frame: unknown): void {
    const text = JSON.stringify(frame);
    setTimeout(() => {
      if (this.readyState === 1) this.onmessage?.call(this as unknown as WebSocket, new MessageEvent("message", { data: text }));
    }, 0);
  }

  cut(): void {
    this.readyState = 3;
    this.onclose?.call(this as unknown as WebSocket, new CloseEvent("close"));
  }

  close(): void {
    this.readyState = 3;
  }
}
