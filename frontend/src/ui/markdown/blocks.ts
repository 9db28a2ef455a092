// Markdown in blocks. While a text grows, only its last blocks are read again; every prefix gives the same blocks as a
// fresh reading of it (kept by a property test).
import { lexer, type Token, type TokensList } from "marked";
import remend from "remend";
import { blockHtml } from "./html";

/** One block: `key` is stable while the text before it stays, `html` is sanitised. */
export type Block = { key: number; html: string };

/** A link definition changes blocks anywhere, so texts with one are read as a whole each time. */
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;
/** A line longer than this is not Markdown but data; reading it as Markdown may be slow. */
const LONGEST_LINE = 20_000;
/** How many blocks at the end may still change when more text comes. */
const UNSETTLED = 2;

type Settled = { raw: string; blocks: readonly Block[] };

export class BlockReader {
  private settled: Settled = { raw: "", blocks: [] };

  /** The blocks of `text`. `growing`: more is to come, so an unfinished end is closed for the eye. */
  read(source: string, growing: boolean): readonly Block[] {
    const text = source.replaceAll("\r\n", "\n");
    if (!text.startsWith(this.settled.raw) || DEFINITION.test(text)) this.settled = { raw: "", blocks: [] };
    const rest = text.slice(this.settled.raw.length);
    if (tooLong(rest)) return [...this.settled.blocks, plain(this.settled.blocks.length, rest)];
    const tokens = lexer(rest);
    if (growing && !DEFINITION.test(text)) this.settle(tokens);
    return [...this.settled.blocks, ...this.open(text.slice(this.settled.raw.length), tokens, growing)];
  }

  /** Moves all but the last blocks to the settled ones. `tokens` keeps the rest. */
  private settle(tokens: TokensList): void {
    const solid = tokens.filter((token) => token.type !== "space");
    const first = solid.at(-UNSETTLED);
    if (!first || solid.length <= UNSETTLED) return;
    const moved = tokens.splice(0, tokens.indexOf(first));
    const blocks = moved.filter((token) => token.type !== "space").map((token) => blockHtml([token], tokens.links));
    this.settled = {
      raw: this.settled.raw + moved.map((token) => token.raw).join(""),
      blocks: [...this.settled.blocks, ...numbered(blocks, this.settled.blocks.length)],
    };
  }

  private open(text: string, tokens: TokensList, growing: boolean): readonly Block[] {
    const solid = tokens.filter((token) => token.type !== "space");
    const before = this.settled.blocks.length;
    const html = solid.map((token, index) => {
      const last = growing && index === solid.length - 1;
      return last ? lastHtml(text, tokens, token) : blockHtml([token], tokens.links);
    });
    return numbered(html, before);
  }
}

function numbered(html: readonly string[], from: number): Block[] {
  return html.map((text, index) => ({ key: from + index, html: text }));
}

/** The block that is still being written: unfinished emphasis, links and code are closed. */
function lastHtml(text: string, tokens: TokensList, token: Token): string {
  if (token.type === "code" || token.type === "html") return blockHtml([token], tokens.links);
  const start = text.lastIndexOf(token.raw);
  const closed = remend(text.slice(Math.max(0, start)), { linkMode: "text-only", images: false });
  const again = lexer(closed);
  return blockHtml(again, tokens.links);
}

function plain(key: number, text: string): Block {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return { key, html: `<pre>${escaped}</pre>` };
}

function tooLong(text: string): boolean {
  if (text.length <= LONGEST_LINE) return false;
  return text.split("\n").some((line) => line.length > LONGEST_LINE);
}
