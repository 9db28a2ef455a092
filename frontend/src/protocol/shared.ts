// The one client of the page, and how components read its state.
import { useStore } from "zustand";
import { Client, type Probe } from "./client";
import type { PageState } from "./state";

function address(path: string, scheme?: "ws"): URL {
  const url = new URL(path, document.baseURI);
  if (scheme) url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.hash = "";
  return url;
}

/** A failed WebSocket does not say why; a plain request does. */
async function probe(): Promise<Probe> {
  try {
    const answer = await fetch(address("api/features"), { credentials: "same-origin", cache: "no-store" });
    return answer.status === 401 || answer.status === 403 ? "signed_out" : answer.ok ? "fine" : "away";
  } catch {
    return "away";
  }
}

export const client = new Client({ socket: () => new WebSocket(address("api/ws/mux", "ws")), probe });

/** A part of the state; the component draws again when that part changes. */
export function useClient<T>(select: (state: PageState) => T): T {
  return useStore(client.store, select);
}
