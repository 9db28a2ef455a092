// How entries and live events become a Snapshot: the same rules as lib/protocol/src/fold.rs, kept equal by one golden
// story that both fold (tests/transcripts/fold-golden.jsonl). Every function returns a new value and keeps the identity
// of what did not change.
import type { Entry, Live } from "./frames";
import type {
  BudgetChanged,
  BudgetPart,
  BudgetTerms,
  LogId,
  MessageEntry,
  PromptId,
  SessionClosed,
  SessionCreated,
  SessionId,
  SessionState,
  Snapshot,
  StreamingKind,
  StreamingMessage,
  StreamingPart,
  TextDelta,
  ToolCallDelta,
  TurnStarted,
} from "./generated/protocol";

/** What is known of a session before its first entry. */
export function emptySnapshot(session: SessionId, log: LogId): Snapshot {
  return {
    session,
    log,
    seq: 0,
    state: "starting",
    title: "",
    workspace: "",
    harness: "",
    capabilities: [],
    tools: [],
    inputs: [],
    queue: [],
    hidden: [],
    statuses: {},
    created_at: 0,
    updated_at: 0,
  };
}

/** Folds the entry with the next number in. */
export function applyEntry(before: Snapshot, entry: Entry): Snapshot {
  const now: Snapshot = { ...before, seq: entry.seq, updated_at: entry.ts };
  switch (entry.event) {
    case "session.created":
      return created(now, entry.ts, entry.data);
    case "message":
      return message(now, entry.data);
    case "prompt.queued": {
      const { prompt, parts, delivery, held } = entry.data;
      const item = { prompt, parts, delivery, held };
      const known = now.queue.some((waiting) => waiting.prompt === prompt);
      return {
        ...now,
        queue: known ? now.queue.map((old) => (old.prompt === prompt ? item : old)) : [...now.queue, item],
      };
    }
    case "prompt.cancelled":
      return unqueue(now, entry.data.prompt);
    case "turn.started":
      return turnStarted(now, entry.ts, entry.data);
    case "turn.ended":
      return settle({ ...nothingRuns(now), last_turn: entry.data.reason, turn: undefined });
    case "input.requested": {
      const { request } = entry.data;
      return settle({ ...now, inputs: [...now.inputs.filter((open) => open.id !== request.id), request] });
    }
    case "input.resolved": {
      const { request_id } = entry.data;
      return settle({ ...now, inputs: now.inputs.filter((open) => open.id !== request_id) });
    }
    case "session.renamed":
      return { ...now, title: entry.data.title };
    case "session.rewound":
      return { ...now, hidden: [...now.hidden, { after: entry.data.to, before: entry.seq }] };
    case "session.resumed":
      return settle({ ...now, state: "idle" });
    case "config.changed": {
      const { model, provider, thinking } = entry.data;
      return {
        ...now,
        model: model ?? now.model,
        provider: provider ?? now.provider,
        thinking: thinking ?? now.thinking,
      };
    }
    case "budget.changed":
      return { ...now, budget: changedBudget(now.budget, entry.data) };
    case "harness.bound":
      return settle({ ...now, harness_version: entry.data.version ?? now.harness_version, state: "idle" });
    case "session.closed":
      return { ...nothingRuns(now), statuses: {}, state: closedState(entry.data) };
    case "context.compacted":
    case "session.forked":
    case "unknown":
      return now;
  }
}

/** Folds a live event in. */
export function applyLive(before: Snapshot, live: Live): Snapshot {
  switch (live.event) {
    case "session.snapshot":
      return live.data;
    case "stream.message_start": {
      const { message_id, role, turn, model, provider } = live.data;
      return { ...before, streaming: { message_id, role, turn, model, provider, parts: [] } };
    }
    case "stream.text_delta":
      return textDelta(before, "text", live.data);
    case "stream.thinking_delta":
      return textDelta(before, "thinking", live.data);
    case "stream.tool_call_delta":
      return toolCallDelta(before, live.data);
    case "stream.usage":
      return streamed(before, live.data.message_id, (open) => ({ ...open, usage: live.data.usage }));
    case "tool.start": {
      const { tool_call_id, name, input } = live.data;
      const others = before.tools.filter((tool) => tool.tool_call_id !== tool_call_id);
      return { ...before, tools: [...others, { tool_call_id, name, input, started_at: live.ts, output: "" }] };
    }
    case "tool.progress": {
      const { tool_call_id, output } = live.data;
      const tools = before.tools.map((tool) => (tool.tool_call_id === tool_call_id ? { ...tool, output } : tool));
      return { ...before, tools };
    }
    case "tool.end": {
      const { tool_call_id, output, is_error, duration_ms } = live.data;
      const tools = before.tools.map((tool) =>
        tool.tool_call_id === tool_call_id ? { ...tool, output, ended: { is_error, duration_ms } } : tool,
      );
      return { ...before, tools };
    }
    case "agent.working":
      return settle({ ...before, phase: live.data.phase, detail: live.data.detail });
    case "agent.idle":
      return settle({ ...before, phase: undefined, detail: undefined });
    case "agent.waiting":
      return settle(before);
    case "retry.start": {
      const { attempt, max_attempts, delay_ms, error } = live.data;
      return { ...before, phase: "retrying", retry: { attempt, max_attempts, at: live.ts + delay_ms, error } };
    }
    case "retry.end":
      return { ...before, retry: undefined };
    case "compact.start":
      return settle({ ...before, phase: "compacting" });
    case "compact.end":
      return settle({ ...before, phase: undefined });
    case "status": {
      const { [live.data.key]: _gone, ...others } = before.statuses;
      const { text } = live.data;
      return { ...before, statuses: text === undefined ? others : { ...others, [live.data.key]: text } };
    }
    case "agent.error":
    case "notify":
    case "session.heartbeat":
      return before;
  }
}

/** Whether the entry with this number is part of the visible conversation. */
export function shows(hidden: Snapshot["hidden"], seq: number): boolean {
  return !hidden.some((range) => range.after < seq && seq < range.before);
}

/** Of each part of a budget the last word counts. */
function changedBudget(before: BudgetTerms | undefined, said: BudgetChanged): BudgetTerms {
  const free = (part: BudgetPart): boolean => said.unlimited?.includes(part) ?? false;
  const usd = said.usd ?? (free("usd") ? undefined : before?.usd);
  const tokens = said.tokens ?? (free("tokens") ? undefined : before?.tokens);
  const limits = { usd, tokens };
  const parts: BudgetPart[] = ["usd", "tokens"];
  const unlimited = parts.filter((part) => limits[part] === undefined && (free(part) || (before?.unlimited?.includes(part) ?? false)));
  return {
    ...(usd === undefined ? {} : { usd }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(unlimited.length > 0 ? { unlimited } : {}),
  };
}

function created(now: Snapshot, ts: number, data: SessionCreated): Snapshot {
  const next: Snapshot = {
    ...now,
    created_at: ts,
    title: data.title ?? "",
    workspace: data.workspace,
    harness: data.harness,
    thinking: data.thinking,
    parent: data.parent,
  };
  if (data.model === undefined) return next;
  const slash = data.model.indexOf("/");
  return slash < 0
    ? { ...next, provider: undefined, model: data.model }
    : { ...next, provider: data.model.slice(0, slash), model: data.model.slice(slash + 1) };
}

function message(now: Snapshot, data: MessageEntry): Snapshot {
  const { id, prompt, parts } = data.message;
  const next = prompt === undefined ? now : unqueue(now, prompt);
  const results = new Set(parts.flatMap((part) => (part.type === "tool_result" ? [part.tool_call_id] : [])));
  return {
    ...next,
    streaming: next.streaming?.message_id === id ? undefined : next.streaming,
    tools: results.size === 0 ? next.tools : next.tools.filter((tool) => !results.has(tool.tool_call_id)),
  };
}

function unqueue(now: Snapshot, prompt: PromptId): Snapshot {
  return now.queue.length === 0 ? now : { ...now, queue: now.queue.filter((waiting) => waiting.prompt !== prompt) };
}

function turnStarted(now: Snapshot, ts: number, data: TurnStarted): Snapshot {
  const next = data.prompt === undefined ? now : unqueue(now, data.prompt);
  return settle({
    ...next,
    turn: { turn: data.turn, message: data.message, started_at: ts },
    phase: "generating",
    detail: undefined,
  });
}

function closedState(data: SessionClosed): SessionState {
  switch (data.reason) {
    case "stopped":
      return "stopped";
    case "parked":
      return "asleep";
    case "exited":
    case "crashed":
      return "failed";
  }
}

function nothingRuns(now: Snapshot): Snapshot {
  return { ...now, streaming: undefined, tools: [], retry: undefined, phase: undefined, detail: undefined };
}

function settle(now: Snapshot): Snapshot {
  const state = settled(now);
  return state === now.state ? now : { ...now, state };
}

function settled(now: Snapshot): SessionState {
  if (now.phase === "initializing" && !now.turn) return "starting";
  const gone = now.state === "asleep" || now.state === "stopped" || now.state === "failed";
  if (gone && !now.turn) return now.state;
  if (now.inputs.length > 0) return "waiting";
  return now.turn || now.phase === "compacting" ? "working" : "idle";
}

function streamed(
  before: Snapshot,
  message: StreamingMessage["message_id"],
  change: (open: StreamingMessage) => StreamingMessage,
): Snapshot {
  const open = before.streaming;
  return open?.message_id === message ? { ...before, streaming: change(open) } : before;
}

function textDelta(before: Snapshot, kind: StreamingKind, data: TextDelta): Snapshot {
  return streamed(before, data.message_id, (open) => ({
    ...open,
    parts: changedPart(open.parts, data.part, kind, (part) => ({ ...part, text: part.text + data.delta })),
  }));
}

function toolCallDelta(before: Snapshot, data: ToolCallDelta): Snapshot {
  return streamed(before, data.message_id, (open) => ({
    ...open,
    parts: changedPart(open.parts, data.part, "tool_call", (part) => ({
      ...part,
      text: part.text + data.delta,
      tool_call_id: data.tool_call_id ?? part.tool_call_id,
      name: data.name ?? part.name,
    })),
  }));
}

function changedPart(
  parts: readonly StreamingPart[],
  place: number,
  kind: StreamingKind,
  change: (part: StreamingPart) => StreamingPart,
): StreamingPart[] {
  const index = Math.min(place, 10_000);
  const next = [...parts];
  while (next.length <= index) next.push({ kind, text: "" });
  next[index] = change({ ...(next[index] ?? { text: "" }), kind });
  return next;
}
