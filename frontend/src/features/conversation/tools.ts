// What a tool call is called on its one line: a verb, a target, and which kind it is for folding runs.
import type { CallView } from "./rows";

export type ToolKind = "read" | "search" | "list" | "edit" | "write" | "run" | "fetch" | "other";

export type ToolLine = { kind: ToolKind; verb: string; doing: string; target: string };

const KINDS: Record<string, ToolKind> = {
  read: "read",
  view: "read",
  cat: "read",
  grep: "search",
  find: "search",
  glob: "search",
  search: "search",
  rg: "search",
  ls: "list",
  list: "list",
  edit: "edit",
  multiedit: "edit",
  patch: "edit",
  apply_patch: "edit",
  str_replace: "edit",
  write: "write",
  create: "write",
  bash: "run",
  shell: "run",
  exec: "run",
  run: "run",
  fetch: "fetch",
  webfetch: "fetch",
  web_search: "fetch",
};

const VERBS: Record<ToolKind, [done: string, doing: string]> = {
  read: ["Read", "Reading"],
  search: ["Searched", "Searching"],
  list: ["Listed", "Listing"],
  edit: ["Edited", "Editing"],
  write: ["Wrote", "Writing"],
  run: ["Ran", "Running"],
  fetch: ["Fetched", "Fetching"],
  other: ["Used", "Using"],
};

type Fields = Record<string, unknown>;

export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The arguments, also while they are only half written. */
export function argumentsOf(call: CallView): Fields {
  if (call.writing === undefined) return fields(call.input);
  const found: Fields = {};
  const pairs = call.writing.matchAll(/"(path|file_path|command|pattern|query|url)"\s*:\s*"((?:[^"\\]|\\.)*)/g);
  for (const [, name, text] of pairs) {
    if (name !== undefined) found[name] = unescaped(text ?? "");
  }
  return found;
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text.replace(/\\$/, "")}"`) as string;
  } catch {
    return text;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function toolLine(call: CallView): ToolLine {
  const kind = KINDS[call.name.toLowerCase()] ?? "other";
  const given = argumentsOf(call);
  const [verb, doing] = VERBS[kind];
  const place = text(given["path"]) ?? text(given["file_path"]) ?? text(given["filePath"]);
  const target =
    kind === "run"
      ? text(given["command"])?.split("\n")[0]
      : kind === "search"
        ? [text(given["pattern"]) ?? text(given["query"]), place].filter(Boolean).join(" in ")
        : (place ?? text(given["url"]) ?? text(given["query"]));
  if (kind === "other") return { kind, verb, doing, target: [call.name, target].filter(Boolean).join(" · ") || "a tool" };
  return { kind, verb, doing, target: target ?? (kind === "list" ? "." : call.name) };
}

/** Whether a call only looks, so that a run of such calls folds into one line. */
export function onlyLooks(kind: ToolKind): boolean {
  return kind === "read" || kind === "search" || kind === "list";
}

/** "Read 7 files, searched 3 times". */
export function foldedLine(kinds: readonly ToolKind[]): string {
  const count = (kind: ToolKind): number => kinds.filter((one) => one === kind).length;
  const times = (n: number): string => (n === 1 ? "once" : `${n} times`);
  const [reads, searches, lists] = [count("read"), count("search"), count("list")];
  const parts = [
    reads > 0 ? `read ${reads} ${reads === 1 ? "file" : "files"}` : "",
    searches > 0 ? `searched ${times(searches)}` : "",
    lists > 0 ? `listed ${lists === 1 ? "a folder" : `${lists} folders`}` : "",
  ].filter(Boolean);
  const line = parts.join(", ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** The change that an edit asked for or made, as lines with a sign. */
export function diffOf(call: CallView): string | undefined {
  const details = fields(call.result?.details);
  const made = text(details["diff"]) ?? text(details["patch"]);
  if (made) return made;
  const given = fields(call.input);
  const edits = Array.isArray(given["edits"]) ? given["edits"].map(fields) : [given];
  const pieces = edits.flatMap((edit) => {
    const before = text(edit["oldText"]) ?? text(edit["old_string"]) ?? text(edit["old_str"]);
    const after = edit["newText"] ?? edit["new_string"] ?? edit["new_str"];
    return before !== undefined && typeof after === "string" ? [signed("-", before), signed("+", after)] : [];
  });
  if (pieces.length > 0) return pieces.filter(Boolean).join("\n");
  const content = text(given["content"]);
  return KINDS[call.name.toLowerCase()] === "write" && content ? signed("+", content) : undefined;
}

function signed(sign: "+" | "-", lines: string): string {
  if (lines === "") return "";
  return lines
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => sign + line)
    .join("\n");
}

/** How many lines came and went. */
export function diffSize(diff: string): { added: number; removed: number } {
  const lines = diff.split("\n");
  const added = lines.filter((line) => line.startsWith("+") && !line.startsWith("+++")).length;
  const removed = lines.filter((line) => line.startsWith("-") && !line.startsWith("---")).length;
  return { added, removed };
}
