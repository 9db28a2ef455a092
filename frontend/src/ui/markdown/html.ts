// From a block's tokens to HTML that is safe to show: no raw HTML, no script, no remote pictures, known link schemes only.
import DOMPurify from "dompurify";
import { Parser, Renderer, type Links, type Token } from "marked";
import { highlighted } from "./highlight";

const SCHEMES = /^(?:https?:|mailto:)/i;
const TAGS = [
  ...["p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "del", "a"],
  ...["ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "input", "span", "div", "button", "sub", "sup"],
];
const ATTRIBUTES = [
  ...["href", "title", "rel", "target", "class", "align", "start", "type", "checked", "disabled"],
  ...["data-copy", "tabindex", "aria-label"],
];

export function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function link(href: string, inner: string, title?: string | null): string {
  if (!SCHEMES.test(href.trim())) return inner;
  const more = title ? ` title="${escape(title)}"` : "";
  return `<a href="${escape(href.trim())}"${more} target="_blank" rel="noopener noreferrer">${inner}</a>`;
}

const renderer = new Renderer();
renderer.html = ({ text }) => escape(text);
renderer.link = function drawLink({ href, title, tokens }) {
  return link(href, this.parser.parseInline(tokens), title);
};
renderer.image = ({ href, text }) => {
  const name = `Picture${text ? `: ${text}` : ""}`;
  const where = SCHEMES.test(href) ? ` <span class="md-where">${escape(href)}</span>` : "";
  return link(href, `<span class="md-picture">${escape(name)}${where}</span>`, "Not loaded by itself. Opens in a new tab.");
};
renderer.code = ({ text, lang }) => {
  const language = /^[\w+#.-]+/.exec(lang ?? "")?.[0] ?? "";
  const head = `<div class="md-code-head"><span>${escape(language)}</span><button type="button" data-copy="code">Copy</button></div>`;
  const label = `aria-label="${escape(language ? `Code, ${language}` : "Code")}"`;
  return `<div class="md-code">${head}<pre tabindex="0" ${label}><code>${highlighted(text, language)}</code></pre></div>`;
};
renderer.table = function drawTable(token) {
  return `<div class="md-table" tabindex="0">${Renderer.prototype.table.call(this, token)}</div>`;
};

const MOST_BLOCKS = 3_000;
const MOST_BYTES = 4_000_000;
const cache = new Map<string, string>();
let cached = 0;

function remember(key: string, html: string): void {
  cache.set(key, html);
  cached += key.length + html.length;
  for (const [oldest, value] of cache) {
    if (cache.size <= MOST_BLOCKS && cached <= MOST_BYTES) return;
    cache.delete(oldest);
    cached -= oldest.length + value.length;
  }
}

/** The HTML of some tokens that make one block. */
export function blockHtml(tokens: Token[], links: Links): string {
  const raw = tokens.map((token) => token.raw).join("");
  const key = Object.keys(links).length === 0 ? raw : `${JSON.stringify(links)}\n${raw}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const html = DOMPurify.sanitize(Parser.parse(tokens, { renderer }), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOWED_URI_REGEXP: SCHEMES,
    ADD_URI_SAFE_ATTR: ATTRIBUTES.filter((name) => name !== "href"),
  });
  remember(key, html);
  return html;
}
