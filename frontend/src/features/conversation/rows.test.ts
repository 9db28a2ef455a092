import { describe, expect, it } from "vitest";
import type { Entry, Message, Part, Snapshot } from "./api";
import { streamingRows, Timeline, type Row } from "./rows";
import { diffOf, diffSize, foldedLine, toolLine } from "./tools";

let seq = 0;

function entry(event: Entry["event"], data: unknown): Entry {
  seq += 1;
  return { seq, ts: seq, event, data } as Entry;
}

function message(role: Message["role"], parts: Part[], more: Partial<Message> = {}): Entry {
  const id = `msg_${seq}` as const;
  return entry("message", { turn: "trn_1", message: { id, role, parts, created_at: 1, ...more } });
}

const text = (value: string): Part => ({ type: "text", text: value });
const call = (id: string, name: string, input: unknown): Part => ({ type: "tool_call", tool_call_id: id, name, input });
const result = (id: string, output: string): Part => ({ type: "tool_result", tool_call_id: id, output, is_error: false });

function story(): Entry[] {
  seq = 0;
  return [
    entry("session.created", { harness: "pi", workspace: "/w" }),
    entry("turn.started", { turn: "trn_1", message: "msg_2" }),
    message("user", [text("do it")]),
    message("assistant", [{ type: "thinking", text: "hm" }, call("a", "read", { path: "x" }), call("b", "grep", { pattern: "y" })]),
    message("tool", [result("a", "1")]),
    message("tool", [result("b", "2")]),
    message("assistant", [call("c", "bash", { command: "ls" })]),
    message("tool", [result("c", "3")]),
    message("assistant", [text("done")]),
    entry("turn.ended", { turn: "trn_1", reason: "done", duration_ms: 5 }),
  ];
}

const kinds = (rows: readonly Row[]): string[] => rows.map((row) => row.kind);

describe("the rows of a conversation", () => {
  it("are words, steps and ends, with results at their calls", () => {
    const rows = new Timeline().read(story(), []);
    expect(kinds(rows)).toEqual(["user", "steps", "text", "turn"]);
    const [, steps] = rows;
    if (steps?.kind !== "steps") throw new Error("the second row has the steps");
    expect(steps.steps.map((step) => (step.kind === "call" ? step.result?.output : step.text))).toEqual(["hm", "1", "2", "3"]);
  });

  it("say what failed once, and whether anything was done before", () => {
    seq = 0;
    const ended = { turn: "trn_1", reason: "error", message: "the budget of this conversation is used up", code: "budget", duration_ms: 1 };
    const failed = [message("user", [text("do it")]), message("assistant", [], { error: "402 over" }), entry("turn.ended", ended)];
    const rows = new Timeline().read(failed, []);
    expect(kinds(rows)).toEqual(["user", "turn"]);
    expect(rows.at(-1)).toMatchObject({ begun: false, ended: { code: "budget" } });
    const worked = [...failed.slice(0, 1), message("assistant", [text("first")]), ...failed.slice(1)].map((one, index) => ({ ...one, seq: index + 1 }));
    const longer = new Timeline().read(worked, []);
    expect(kinds(longer)).toEqual(["user", "text", "turn"]);
    expect(longer.at(-1)).toMatchObject({ begun: true });
    const onward = new Timeline().read([...worked, message("user", [text("Go on.")])], []);
    expect(longer.at(-1)).not.toHaveProperty("passed");
    expect(onward.at(-2)).toMatchObject({ kind: "turn", passed: true });
  });

  it("tell of another budget", () => {
    seq = 0;
    const changed = [entry("budget.changed", { usd: 2.5, unlimited: ["tokens"], by: "person" }), entry("budget.changed", { tokens: 5000, by: "person" })];
    const texts = new Timeline().read(changed, []).map((row) => (row.kind === "note" ? row.text : ""));
    expect(texts).toEqual(["Budget: $2.50 · no limit in tokens", "Budget: 5k tokens"]);
  });

  it("are the same whether entries come one by one or at once", () => {
    const all = story();
    const slow = new Timeline();
    for (let end = 1; end <= all.length; end += 1) slow.read(all.slice(0, end), []);
    expect(slow.rows).toEqual(new Timeline().read(all, []));
  });

  it("keep their identity when more comes", () => {
    const all = story();
    const timeline = new Timeline();
    const before = timeline.read(all, []);
    const after = timeline.read([...all, message("user", [text("more")])], []);
    before.forEach((row, index) => expect(after[index]).toBe(row));
  });

  it("fold what was taken back into one, and it stays reachable", () => {
    const all = story();
    const hidden: Snapshot["hidden"] = [{ after: 1, before: 11 }];
    const rows = new Timeline().read([...all, entry("session.rewound", { to: 1 })], hidden);
    expect(kinds(rows)).toEqual(["rewound"]);
    const [row] = rows;
    expect(row?.kind === "rewound" ? kinds(row.rows) : []).toEqual(["user", "steps", "text", "turn"]);
  });

  it("say a failure once", () => {
    seq = 0;
    const failed = message("assistant", [], { stop_reason: "error", error: "overloaded" });
    const ended = entry("turn.ended", { turn: "trn_1", reason: "error", message: "overloaded", duration_ms: 1 });
    expect(kinds(new Timeline().read([failed, ended], []))).toEqual(["turn"]);
  });

  it("have the keys that the streaming rows had", () => {
    const parts = [{ kind: "thinking" as const, text: "hm" }, { kind: "text" as const, text: "half" }];
    const streamed = streamingRows({ message_id: "msg_0", role: "assistant", turn: "trn_1", parts }, 9);
    seq = 0;
    const kept = new Timeline().read([message("assistant", [{ type: "thinking", text: "hm" }, text("half a")])], []);
    expect(streamed.map((row) => row.key)).toEqual(kept.map((row) => row.key));
  });
});

describe("a tool's line", () => {
  it("has a verb and a target, also while the arguments are being written", () => {
    expect(toolLine({ kind: "call", id: "1", name: "bash", input: { command: "ls\npwd" } })).toMatchObject({ verb: "Ran", target: "ls" });
    const writing = '{"path":"src/a \\"b\\".rs","content":"fn';
    expect(toolLine({ kind: "call", id: "1", name: "write", input: undefined, writing }).target).toBe('src/a "b".rs');
    expect(toolLine({ kind: "call", id: "1", name: "mcp_thing", input: {} })).toMatchObject({ kind: "other", target: "mcp_thing" });
  });

  it("folds looks into words", () => {
    expect(foldedLine(["read", "read", "search", "list"])).toBe("Read 2 files, searched once, listed a folder");
  });

  it("shows the change that was made, else the one that was asked for", () => {
    const input = { path: "a", edits: [{ oldText: "x\ny", newText: "z" }] };
    expect(diffOf({ kind: "call", id: "1", name: "edit", input })).toBe("-x\n-y\n+z");
    const made = { tool_call_id: "1", output: "", is_error: false, details: { diff: "-1 a\n+1 b" } };
    expect(diffOf({ kind: "call", id: "1", name: "edit", input, result: made })).toBe("-1 a\n+1 b");
    expect(diffSize("-x\n-y\n+z\n z")).toEqual({ added: 1, removed: 2 });
  });
});
