// What a conversation shows, row by row. Rows that are settled keep their identity while the rest grows.
import { compact, money } from "../../ui/words";
import type { BudgetChanged, Entry, Message, Part, SessionModel, Snapshot, StreamingMessage, ToolResult, TurnEnded, Unsent } from "./api";
import { shows } from "./api";

export type CallView = {
  kind: "call";
  id: string;
  name: string;
  input: unknown;
  /** The arguments as far as they are written, while they are being written. */
  writing?: string;
  result?: ToolResult;
};
export type ThoughtView = { kind: "thought"; id: string; text: string; growing: boolean };
export type Step = CallView | ThoughtView;

export type Row = { key: string; seq: number; turn?: string } & (
  | { kind: "user"; message: Message; delivery?: "steer" }
  | { kind: "text"; text: string; growing: boolean }
  | { kind: "steps"; steps: readonly Step[] }
  | { kind: "part"; part: Part }
  | { kind: "failure"; text: string }
  /** `begun`: whether the agent has said or done anything in this turn. `passed`: it stopped for its budget, and more was said since. */
  | { kind: "turn"; ended: TurnEnded; prompt?: Message; model?: string; begun: boolean; passed?: boolean }
  | { kind: "note"; what: Note; ts: number; text: string; more?: string }
  | { kind: "rewound"; rows: readonly Row[] }
  | { kind: "unsent"; item: Unsent }
);
export type Note = "compacted" | "forked" | "forked_from" | "resumed" | "closed" | "model" | "budget";

type Places = Map<string, number>;

/** Rows of entries, extended as entries come. */
export class Timeline {
  rows: readonly Row[] = [];
  private entries: readonly Entry[] = [];
  private hidden: Snapshot["hidden"] = [];
  private places: Places = new Map();
  private prompt: Message | undefined;
  private model: string | undefined;

  /** The rows of these entries; the same value when nothing has changed. */
  read(entries: readonly Entry[], hidden: Snapshot["hidden"]): readonly Row[] {
    if (entries === this.entries && hidden === this.hidden) return this.rows;
    const grown = sameHidden(hidden, this.hidden) && startsWith(entries, this.entries);
    if (!grown) this.clear();
    const rows = [...this.rows];
    for (const entry of entries.slice(grown ? this.entries.length : 0)) {
      this.take(rows, entry, shows(hidden, entry.seq));
    }
    this.entries = entries;
    this.hidden = hidden;
    this.rows = rows;
    return rows;
  }

  private clear(): void {
    this.rows = [];
    this.places = new Map();
    this.prompt = undefined;
    this.model = undefined;
  }

  private take(rows: Row[], entry: Entry, visible: boolean): void {
    if (visible) return this.draw(rows, entry);
    // What a rewind has hidden stays reachable: it becomes the rows of one row.
    const hidden = rows.at(-1);
    const inside = hidden?.kind === "rewound" ? [...hidden.rows] : [];
    const outside = this.places;
    this.places = new Map();
    this.draw(inside, entry);
    this.places = outside;
    if (hidden?.kind === "rewound") rows[rows.length - 1] = { ...hidden, rows: inside };
    else if (inside.length > 0) rows.push({ kind: "rewound", key: `hidden-${entry.seq}`, seq: entry.seq, rows: inside });
  }

  private draw(rows: Row[], entry: Entry): void {
    const note = (what: Note, text: string, more?: string): void => {
      rows.push({ kind: "note", key: `n${entry.seq}`, seq: entry.seq, what, ts: entry.ts, text, more });
    };
    switch (entry.event) {
      case "message":
        return this.message(rows, entry.seq, entry.data.message, entry.data.turn);
      case "turn.ended": {
        const { prompt, model } = this;
        const ended = entry.data;
        // What failed is said once, where the way on is offered.
        const last = rows.at(-1);
        if (last?.kind === "failure" && last.turn === ended.turn && ended.message) rows.pop();
        const begun = rows.at(-1)?.kind !== "user" && rows.at(-1)?.turn === ended.turn;
        rows.push({ kind: "turn", key: `t${entry.seq}`, seq: entry.seq, turn: ended.turn, ended, prompt, model, begun });
        return;
      }
      case "session.created":
        if (entry.data.parent) note("forked_from", "Forked from another conversation", entry.data.parent.session);
        return;
      case "context.compacted":
        return note("compacted", "Context summarised", entry.data.summary);
      case "session.forked":
        return note("forked", "Forked here", entry.data.session);
      case "session.resumed":
        if (entry.data.fresh) note("resumed", "Resumed without the agent's memory of the conversation", entry.data.reason);
        return;
      case "session.closed":
        if (entry.data.reason === "crashed" || entry.data.reason === "exited") {
          note("closed", "The agent's process ended", entry.data.message);
        }
        return;
      case "config.changed":
        if (entry.seq > 3 && (entry.data.model ?? entry.data.thinking)) note("model", configText(entry.data));
        return;
      case "budget.changed":
        return note("budget", budgetText(entry.data));
      case "prompt.queued":
      case "prompt.cancelled":
      case "turn.started":
      case "input.requested":
      case "input.resolved":
      case "session.renamed":
      case "session.rewound":
      case "harness.bound":
      case "unknown":
        return;
    }
  }

  private message(rows: Row[], seq: number, message: Message, turn: string | undefined): void {
    if (message.role === "user") {
      this.prompt = message;
      pass(rows);
      rows.push({ kind: "user", key: message.id, seq, turn, message });
      return;
    }
    if (message.role === "assistant") this.model = message.model ?? this.model;
    message.parts.forEach((part, index) => {
      const key = `${message.id}:${index}`;
      if (part.type === "tool_result") this.result(rows, part);
      else if (part.type === "text") {
        if (part.text.trim()) rows.push({ kind: "text", key, seq, turn, text: part.text, growing: false });
      } else if (part.type === "thinking") {
        if (part.text.trim()) this.step(rows, seq, turn, { kind: "thought", id: key, text: part.text, growing: false });
      } else if (part.type === "tool_call") {
        const { tool_call_id, name, input } = part;
        this.step(rows, seq, turn, { kind: "call", id: tool_call_id, name, input });
      } else rows.push({ kind: "part", key, seq, turn, part });
    });
    if (message.error) rows.push({ kind: "failure", key: `${message.id}!`, seq, turn, text: message.error });
  }

  private step(rows: Row[], seq: number, turn: string | undefined, step: Step): void {
    const last = rows.at(-1);
    if (last?.kind === "steps" && last.turn === turn) {
      rows[rows.length - 1] = { ...last, steps: [...last.steps, step] };
    } else {
      rows.push({ kind: "steps", key: `s-${step.id}`, seq, turn, steps: [step] });
    }
    if (step.kind === "call") this.places.set(step.id, rows.length - 1);
  }

  private result(rows: Row[], result: ToolResult): void {
    const place = this.places.get(result.tool_call_id);
    const row = place === undefined ? undefined : rows[place];
    if (place === undefined || row?.kind !== "steps") return;
    const steps = row.steps.map((step) => (step.id === result.tool_call_id ? { ...step, result } : step));
    rows[place] = { ...row, steps: steps as Step[] };
  }
}

function startsWith(entries: readonly Entry[], beginning: readonly Entry[]): boolean {
  const { length } = beginning;
  return length <= entries.length && (length === 0 || (entries[0] === beginning[0] && entries[length - 1] === beginning[length - 1]));
}

function sameHidden(one: Snapshot["hidden"], two: Snapshot["hidden"]): boolean {
  return one.length === two.length && one.every((range, index) => range.before === two[index]?.before);
}

function configText(changed: { model?: string; provider?: string; thinking?: string }): string {
  const parts = [changed.model ? `Model: ${changed.model}` : "", changed.thinking ? `Thinking: ${changed.thinking}` : ""];
  return parts.filter(Boolean).join(" · ");
}

/** More is said: a turn that stopped for its budget offers no way on any more. */
function pass(rows: Row[]): void {
  const at = rows.findLastIndex((row) => row.kind === "turn");
  const row = rows[at];
  if (row?.kind === "turn" && row.ended.code === "budget") rows[at] = { ...row, passed: true };
}

function budgetText({ usd, tokens, unlimited }: BudgetChanged): string {
  const parts = [
    usd === undefined ? "" : money(usd),
    unlimited?.includes("usd") ? "no limit in dollars" : "",
    tokens === undefined ? "" : `${compact(tokens)} tokens`,
    unlimited?.includes("tokens") ? "no limit in tokens" : "",
  ];
  return `Budget: ${parts.filter(Boolean).join(" · ")}`;
}

/** Rows of the message that is being written. */
export function streamingRows(open: StreamingMessage | undefined, seq: number): Row[] {
  if (!open || open.role !== "assistant") return [];
  const rows: Row[] = [];
  open.parts.forEach((part, index) => {
    const key = `${open.message_id}:${index}`;
    const growing = index === open.parts.length - 1;
    if (part.kind === "text") {
      if (part.text.trim()) rows.push({ kind: "text", key, seq, turn: open.turn, text: part.text, growing });
      return;
    }
    if (part.kind === "thinking" && !part.text.trim()) return;
    const step: Step =
      part.kind === "thinking"
        ? { kind: "thought", id: key, text: part.text, growing }
        : { kind: "call", id: part.tool_call_id ?? key, name: part.name ?? "", input: undefined, writing: part.text };
    const last = rows.at(-1);
    if (last?.kind === "steps") rows[rows.length - 1] = { ...last, steps: [...last.steps, step] };
    else rows.push({ kind: "steps", key: `s-${step.id}`, seq, turn: open.turn, steps: [step] });
  });
  return rows;
}

/** Everything the conversation shows, in order. */
export function allRows(timeline: Timeline, model: SessionModel, outbox: readonly Unsent[]): readonly Row[] {
  const { snapshot } = model;
  const settled = timeline.read(model.entries, snapshot.hidden);
  const writing = streamingRows(snapshot.streaming, snapshot.seq + 1);
  const waiting = outbox
    .filter((item) => item.session === model.session && (item.seq === undefined || item.seq > snapshot.seq))
    .map((item): Row => ({ kind: "unsent", key: item.client_id, seq: snapshot.seq + 1, item }));
  return writing.length === 0 && waiting.length === 0 ? settled : [...settled, ...writing, ...waiting];
}
