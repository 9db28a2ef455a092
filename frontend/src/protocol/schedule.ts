// When the page folds what has come: once a frame of the screen, less often when frames overrun, and on a slow timer
// while the page is hidden (no frames are drawn then).

const FASTEST = 16;
const SLOWEST = 100;
const HIDDEN = 250;

export type Schedule = { soon: () => void; now: () => void };

export function schedule(flush: () => void): Schedule {
  let waiting = false;
  let interval = FASTEST;
  let last = 0;

  const run = (): void => {
    if (!waiting) return;
    waiting = false;
    last = performance.now();
    flush();
    measure();
  };

  // A flush whose drawing takes longer than a frame makes the next ones rarer; quick ones bring the pace back.
  const measure = (): void => {
    const began = performance.now();
    if (typeof requestAnimationFrame !== "function" || document.hidden) return;
    requestAnimationFrame(() => {
      const took = performance.now() - began;
      interval = took > 34 ? Math.min(SLOWEST, interval * 1.5) : Math.max(FASTEST, interval * 0.9);
    });
  };

  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    if (typeof requestAnimationFrame !== "function" || document.hidden) {
      setTimeout(run, HIDDEN);
      return;
    }
    const wait = interval - (performance.now() - last);
    if (wait <= FASTEST) requestAnimationFrame(run);
    else setTimeout(() => requestAnimationFrame(run), wait - FASTEST);
    // A page that is hidden between the two draws no frame.
    setTimeout(run, SLOWEST + HIDDEN);
  };

  return { soon, now: run };
}
