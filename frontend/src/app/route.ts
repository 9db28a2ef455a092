// Where in the page one is, kept in the address so that a reload, a bookmark and "back" work.
import { useSyncExternalStore } from "react";
import { isSessionId, type SessionId } from "../protocol";

export type Route =
  | { place: "home" }
  | { place: "session"; session: SessionId; seq?: number; nonce: number }
  | { place: "search" };

let visits = 0;

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [place, id = ""] = path.split("/");
  if (place === "search") return { place: "search" };
  if (place !== "s" || !isSessionId(id)) return { place: "home" };
  const seq = Number(new URLSearchParams(query).get("at") ?? Number.NaN);
  visits += 1;
  return Number.isInteger(seq) && seq > 0
    ? { place: "session", session: id, seq, nonce: visits }
    : { place: "session", session: id, nonce: visits };
}

let current = typeof location === "undefined" ? parseRoute("") : parseRoute(location.hash);

function subscribe(listener: () => void): () => void {
  const changed = (): void => {
    current = parseRoute(location.hash);
    listener();
  };
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => current);
}

function go(hash: string): void {
  if (location.hash === hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

export const goHome = (): void => go("#/");
export const goSearch = (): void => go("#/search");
export const goSession = (session: SessionId): void => go(`#/s/${session}`);

let begun: SessionId | undefined;

/** Goes to a conversation that was just begun: one writes there at once. */
export const goBegun = (session: SessionId): void => {
  begun = session;
  goSession(session);
};

/** Whether this conversation was just begun; says so once. */
export function takeBegun(session: SessionId): boolean {
  if (begun !== session) return false;
  begun = undefined;
  return true;
}

export const goMessage = (session: SessionId, seq: number): void => go(`#/s/${session}?at=${seq}`);
