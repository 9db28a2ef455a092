import { useSyncExternalStore } from "react";

// One ticking clock for all relative times; it ticks only while somebody looks.
const listeners = new Map<number, { tick: Set<() => void>; timer: ReturnType<typeof setInterval> }>();

function subscribe(every: number, listener: () => void): () => void {
  let group = listeners.get(every);
  if (!group) {
    const tick = new Set<() => void>();
    group = { tick, timer: setInterval(() => tick.forEach((one) => one()), every) };
    listeners.set(every, group);
  }
  group.tick.add(listener);
  return () => {
    group.tick.delete(listener);
    if (group.tick.size > 0) return;
    clearInterval(group.timer);
    listeners.delete(every);
  };
}

/** The time, rounded down to `every` milliseconds; the component draws again when it moves on. */
export function useNow(every: number): number {
  return useSyncExternalStore(
    (listener) => subscribe(every, listener),
    () => Math.floor(Date.now() / every) * every,
  );
}
