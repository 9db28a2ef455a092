// A small, language-blind colouring of code: comments, strings, numbers and the words that most languages share.
import { escape } from "./html";

const WORDS = new Set(
  (
    "as async await break case catch class const continue def default defer del do elif else end enum except export extends false finally fn for foreach from func function go if impl implements import in " +
    "instanceof interface is lambda let local loop match mod module move mut new nil none None not null or package pass pub public private protected raise ref return self Self static struct super switch " +
    "then this throw trait true True False try type typeof undefined unless until use using var void where while with yield and echo fi done esac select create insert update delete into values"
  ).split(" "),
);
const HASH_COMMENTS = new Set(["sh", "bash", "zsh", "python", "py", "ruby", "rb", "yaml", "yml", "toml", "r", "make", "makefile", "dockerfile", "perl", "nix"]);
const SLASH_COMMENTS = new Set([
  ...["rust", "rs", "js", "javascript", "ts", "typescript", "tsx", "jsx", "java", "c", "cpp", "c++", "go", "swift"],
  ...["kotlin", "scala", "php", "css", "scss", "json5", "jsonc", "cs", "c#", "zig", "dart"],
]);
const DASH_COMMENTS = new Set(["sql", "lua", "haskell", "hs", "elm"]);
const PLAIN = new Set(["", "text", "txt", "plain", "md", "markdown", "console", "output"]);
const LONGEST = 40_000;

function comments(language: string): string {
  if (HASH_COMMENTS.has(language)) return String.raw`#[^\n]*`;
  if (SLASH_COMMENTS.has(language)) return String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
  return DASH_COMMENTS.has(language) ? String.raw`--[^\n]*` : String.raw`(?!)`;
}

const STRINGS = String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'|` + "`(?:[^`\\\\]|\\\\.)*`";
const NUMBERS = String.raw`\b(?:0x[\da-fA-F_]+|\d[\d_]*(?:\.\d+)?)\b`;
const NAMES = String.raw`[A-Za-z_$][\w$]*`;
const patterns = new Map<string, RegExp>();

function pattern(language: string): RegExp {
  const source = comments(language);
  let found = patterns.get(source);
  if (!found) {
    found = new RegExp(`(${source})|(${STRINGS})|(${NUMBERS})|(${NAMES})`, "g");
    patterns.set(source, found);
  }
  return found;
}

/** The code as HTML. */
export function highlighted(code: string, language: string): string {
  const name = language.toLowerCase();
  if (PLAIN.has(name) || code.length > LONGEST) return diffed(name, code) ?? escape(code);
  const lines = diffed(name, code);
  if (lines !== undefined) return lines;
  let html = "";
  let last = 0;
  for (const match of code.matchAll(pattern(name))) {
    const [text, comment, string, digits, word] = match;
    const kind = comment ? "comment" : string ? "string" : digits ? "number" : word && WORDS.has(word) ? "keyword" : "";
    if (!kind) continue;
    html += `${escape(code.slice(last, match.index))}<span class="c-${kind}">${escape(text)}</span>`;
    last = match.index + text.length;
  }
  return html + escape(code.slice(last));
}

function diffed(language: string, code: string): string | undefined {
  if (language !== "diff" && language !== "patch") return undefined;
  const kinds: Record<string, string> = { "+": "add", "-": "remove", "@": "place" };
  const lines = code.split("\n").map((line) => {
    const kind = kinds[line.charAt(0)];
    return kind ? `<span class="c-${kind}">${escape(line)}</span>` : escape(line);
  });
  return lines.join("\n");
}
