import { memo, useRef, type MouseEvent, type ReactNode } from "react";
import { BlockReader } from "./blocks";
import "./markdown.css";

const HtmlBlock = memo(function HtmlBlock({ html }: { html: string }): ReactNode {
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
});

function copyCode(event: MouseEvent<HTMLDivElement>): void {
  const button = event.target instanceof Element ? event.target.closest("button[data-copy]") : null;
  const code = button?.closest(".md-code")?.querySelector("code");
  if (!button || !code) return;
  void navigator.clipboard.writeText(code.textContent ?? "").then(() => {
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1_500);
  });
}

/** Markdown of an agent: untrusted, so nothing in it runs or loads by itself. */
export const Markdown = memo(function Markdown({ text, growing = false }: { text: string; growing?: boolean }): ReactNode {
  const reader = useRef<BlockReader>(null);
  reader.current ??= new BlockReader();
  const blocks = reader.current.read(text, growing);
  return (
    // The clicks belong to the copy buttons inside, which are real buttons.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div className="markdown" data-growing={growing || undefined} onClick={copyCode}>
      {blocks.map((block) => (
        <HtmlBlock key={block.key} html={block.html} />
      ))}
    </div>
  );
});
