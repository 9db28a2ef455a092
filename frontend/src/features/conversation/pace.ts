// Streaming text appears at an even pace, whatever pace it arrives at.
import { useEffect, useRef, useState } from "react";

/** In about so many milliseconds the eye has caught up with what has come. */
const CATCH_UP = 320;

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
}

/** The part of the text that is shown by now. What was there at first, and text that is done, is shown at once. */
export function usePaced(text: string, growing: boolean): string {
  const [shown, setShown] = useState(text.length);
  const latest = useRef(text.length);
  latest.current = text.length;
  const behind = growing && shown < text.length;
  useEffect(() => {
    if (!behind) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const elapsed = Math.max(1, now - last);
      last = now;
      setShown((before) => {
        const missing = latest.current - before;
        if (missing <= 0) return before;
        return still() ? latest.current : before + Math.max(1, Math.ceil((missing * elapsed) / CATCH_UP));
      });
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [behind]);
  if (!growing || shown >= text.length) return text;
  return cut(text, shown);
}

/** Never cuts a character in two. */
function cut(text: string, at: number): string {
  const code = text.charCodeAt(at - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? at + 1 : at);
}
