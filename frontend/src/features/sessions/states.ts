// What a row of the list says at a glance.
import { useSyncExternalStore } from "react";
import type { SessionId, SessionInfo } from "./api";

export type Glance = "needs" | "working" | "failed" | "done" | "ready" | "asleep" | "stopped" | "unreachable";

export const GLANCE_WORDS: Record<Glance, string> = {
  needs: "Needs you",
  working: "Working",
  failed: "Failed",
  done: "Done",
  ready: "Ready",
  asleep: "Asleep",
  stopped: "Stopped",
  unreachable: "Unreachable",
};

export function glance(row: SessionInfo, unread: boolean, lost: ReadonlySet<string>): Glance {
  if (lost.has(row.runner)) return "unreachable";
  if (row.open_inputs > 0 || row.state === "waiting") return "needs";
  switch (row.state) {
    case "starting":
    case "working":
      return "working";
    case "failed":
      return "failed";
    case "asleep":
      return unread ? ending(row) : "asleep";
    case "stopped":
      return "stopped";
    case "idle":
      return unread ? ending(row) : "ready";
  }
}

function ending(row: SessionInfo): Glance {
  return row.last_turn === "error" || row.last_turn === "crashed" ? "failed" : row.last_turn === "done" ? "done" : "ready";
}

// What has been read is remembered in this browser: the number of the last entry that was on the screen.
const KEY = "read";
let read: Record<string, number> = load();
const listeners = new Set<() => void>();

function load(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, number>;
  } catch {
    return {};
  }
}

if (typeof addEventListener === "function") {
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    read = load();
    for (const listener of listeners) listener();
  });
}

export function markRead(session: SessionId, head: number): void {
  if ((read[session] ?? 0) >= head) return;
  read = { ...load(), ...read, [session]: head };
  localStorage.setItem(KEY, JSON.stringify(read));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRead(): Record<string, number> {
  return useSyncExternalStore(subscribe, () => read);
}

/** Whether there is something in it that this browser has not shown. */
export function isUnread(row: SessionInfo, marks: Record<string, number>): boolean {
  return row.last_turn !== undefined && row.head > (marks[row.id] ?? 0);
}
