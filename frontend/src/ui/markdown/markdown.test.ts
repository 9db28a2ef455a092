import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { BlockReader, type Block } from "./blocks";

const fresh = (text: string, growing: boolean): readonly Block[] => new BlockReader().read(text, growing);
const html = (text: string): string => fresh(text, false).map((block) => block.html).join("");

const PIECES = [
  ...["word ", "two words", "\n", "\n\n", "\n\n\n", "# Title\n", "## a\n\n", "- item\n", "- item\n\n", "  - nested\n", "1. one\n", "2. two\n\n"],
  ...["```rust\n", "```\n", "fn main() {}\n", "~~~\n", "> quote\n", ">\n", "    indented\n", "**bold", "**", "*it*", "`code`", "`", "[a](http://x.y)"],
  ...["[a](", "![p](http://x.y/z.png)", "|a|b|\n|-|-|\n", "|1|2|\n", "---\n", "===\n", "<div>\n", "</div>\n", "<!-- x", "-->\n", "<b>x</b>", "<pre>\n"],
  ...["\t", " ", "\r\n", "- [ ] task\n", "[ref]: http://r.s\n", "[ref]", "\\", "$x$", "~~gone~~", "🐙", "* ", "+ plus\n", "a\\\n", "&amp;"],
];

describe("a growing text", () => {
  it("gives for every prefix what a fresh reading gives", () => {
    const texts = array(constantFrom(...PIECES), { minLength: 1, maxLength: 24 });
    const check = property(texts, (pieces) => {
      const reader = new BlockReader();
      let text = "";
      for (const piece of pieces) {
        text += piece;
        expect(reader.read(text, true)).toEqual(fresh(text, true));
      }
      expect(reader.read(text, false)).toEqual(fresh(text, false));
    });
    assert(check, { numRuns: 500 });
  });

  it("does so letter by letter for a usual answer", () => {
    const text =
      "Here is **what** I found:\n\n1. one `x`\n2. two\n   - deep\n\n```ts\nconst a = 1;\n```\n\n> said\n> more\n\n|a|b|\n|-|-|\n|1|2|\n\nThe [end](https://x.y).\n";
    const reader = new BlockReader();
    for (let end = 1; end <= text.length; end += 1) {
      expect(reader.read(text.slice(0, end), true)).toEqual(fresh(text.slice(0, end), true));
    }
  });

  it("keeps blocks that are done as they are", () => {
    const reader = new BlockReader();
    const first = reader.read("one\n\ntwo\n\nthree\n\nfour", true);
    const second = reader.read("one\n\ntwo\n\nthree\n\nfour five", true);
    expect(second[0]).toBe(first[0]);
  });

  it("closes what is not closed yet, for the eye", () => {
    expect(fresh("so **bold", true)[0]?.html).toContain("<strong>bold</strong>");
    expect(fresh("so **bold", false)[0]?.html).not.toContain("<strong>");
  });
});

describe("what an agent writes", () => {
  it("is shown, not run", () => {
    for (const evil of [
      "<script>alert(1)</script>",
      '<img src=x onerror="alert(1)">',
      "[x](javascript:alert(1))",
      "[x](  JaVaScRiPt:alert(1))",
      "[x](data:text/html;base64,PHNjcmlwdD4=)",
      "![x](javascript:alert(1))",
      '<a href="https://x.y" onclick="alert(1)">x</a>',
      "<svg><style><img src=x onerror=alert(1)>",
      '```"><img src=x onerror=alert(1)>\ncode\n```',
      '[x](https://x.y "\\"><img src=x onerror=alert(1)>")',
    ]) {
      const page = new DOMParser().parseFromString(html(evil), "text/html");
      expect(page.querySelector("script, img, svg, style, iframe, object"), evil).toBeNull();
      for (const element of page.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
          expect(name.startsWith("on"), `${evil}: ${name}`).toBe(false);
          expect(/^\s*(javascript|data|vbscript):/i.test(value), `${evil}: ${value}`).toBe(false);
        }
      }
    }
  });

  it("shows pictures of others as an address to open, and links open elsewhere", () => {
    const picture = html("![a chart](https://x.y/z.png?leak=1)");
    expect(picture).not.toContain("<img");
    expect(picture).toContain("https://x.y/z.png?leak=1");
    expect(html("[x](https://x.y)")).toContain('rel="noopener noreferrer"');
  });

  it("does not hang on one huge line", () => {
    const began = performance.now();
    expect(html(`${"\\".repeat(200_000)}`)).toContain("<pre>");
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
