// One session as the page holds it: its entries by number and the fold. Whoever has seen the same frames holds the same.
import { applyEntry, applyLive, emptySnapshot } from "./fold";
import { toEntry, type Entry, type Live } from "./frames";
import type { Heartbeat, Messages, Notify, SessionId, Snapshot, Subscribed, WireError } from "./generated/protocol";

/** How far a session is loaded. */
export type Loading = "waiting" | "catching_up" | "live" | "ended";

/** A passing notice of a session. */
export type Notice = { key: number; at: number; notify: Notify };

export type SessionModel = {
  session: SessionId;
  loading: Loading;
  /** Ascending by number, without a gap from `from + 1` on; older ones (pages) may have gaps. */
  entries: readonly Entry[];
  /** The number that the gap-free part comes after. */
  from: number;
  /** Whether there are earlier messages to page in. */
  more: boolean;
  snapshot: Snapshot;
  /** Last sign of life of the harness. */
  heartbeat?: Heartbeat;
  notices: readonly Notice[];
  error?: WireError;
};

export type SessionInput =
  | { kind: "entry"; entry: Entry }
  | { kind: "live"; live: Live }
  | { kind: "subscribed"; reply: Subscribed }
  | { kind: "page"; page: Messages }
  | { kind: "lost" }
  | { kind: "ended"; error: WireError };

const NOTICES = 5;

export function emptySession(session: SessionId): SessionModel {
  return {
    session,
    loading: "waiting",
    entries: [],
    from: 0,
    more: false,
    snapshot: emptySnapshot(session, "log_"),
    notices: [],
  };
}

/** Whether the next entry does not follow the last one: frames were lost, and the session must be asked for again. */
export function hasGap(model: SessionModel, entry: Entry): boolean {
  return model.loading !== "waiting" && entry.seq > model.snapshot.seq + 1;
}

/** Folds a batch in. The list of entries is copied once a batch, not once an entry. */
export function reduceSession(before: SessionModel, inputs: readonly SessionInput[]): SessionModel {
  const batch = new Batch(before);
  for (const input of inputs) batch.take(input);
  return batch.model;
}

class Batch {
  model: SessionModel;
  private own: Entry[] | undefined;

  constructor(before: SessionModel) {
    this.model = before;
  }

  take(input: SessionInput): void {
    switch (input.kind) {
      case "entry":
        return this.entry(input.entry);
      case "live":
        return this.live(input.live);
      case "subscribed":
        return this.subscribed(input.reply);
      case "page":
        return this.page(input.page);
      case "lost":
        if (this.model.loading !== "ended") this.change({ loading: "waiting" });
        return;
      case "ended":
        return this.change({ loading: "ended", error: input.error });
    }
  }

  private change(change: Partial<SessionModel>): void {
    this.model = { ...this.model, ...change };
  }

  private entry(entry: Entry): void {
    const { snapshot } = this.model;
    if (entry.seq !== snapshot.seq + 1) return;
    this.own ??= [...this.model.entries];
    this.own.push(entry);
    this.change({ entries: this.own, snapshot: applyEntry(snapshot, entry) });
  }

  private live(live: Live): void {
    if (live.event === "session.snapshot") {
      this.change({ snapshot: live.data, loading: "live", error: undefined });
      return;
    }
    if (live.event === "notify") {
      const key = (this.model.notices.at(-1)?.key ?? 0) + 1;
      const notices = [...this.model.notices, { key, at: live.ts, notify: live.data }];
      this.change({ notices: notices.slice(-NOTICES) });
      return;
    }
    if (live.event === "session.heartbeat") {
      this.change({ heartbeat: live.data });
      return;
    }
    const snapshot = applyLive(this.model.snapshot, live);
    if (snapshot !== this.model.snapshot) this.change({ snapshot });
  }

  private subscribed(reply: Subscribed): void {
    const { snapshot, session } = this.model;
    if (!reply.reset && snapshot.log === reply.log && reply.from === snapshot.seq) {
      this.change({ loading: "catching_up", error: undefined });
      return;
    }
    // Nothing held so far counts: a first subscription, another log, or a number past its head.
    this.own = [];
    this.change({
      entries: this.own,
      from: reply.from,
      more: reply.from > 0,
      snapshot: { ...emptySnapshot(session, reply.log), seq: reply.from },
      loading: "catching_up",
      error: undefined,
    });
  }

  private page(page: Messages): void {
    const first = this.model.entries[0]?.seq ?? Infinity;
    const older = page.messages
      .filter((numbered) => numbered.seq < first)
      .map(({ seq, message }) => toEntry(seq, message.created_at, "message", { message }));
    this.own = [...older, ...this.model.entries];
    // A page that was there already says nothing about what lies before the first entry.
    const known = older.length === 0 && page.messages.length > 0;
    this.change({ entries: this.own, more: known ? this.model.more : page.more });
  }
}
