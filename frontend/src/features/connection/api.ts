// Whether the page is connected, and to what.
import { client, useClient } from "../../protocol";
import type { Connection } from "../../protocol";

export type { Connection } from "../../protocol";

export function useConnection(): Connection {
  return useClient((state) => state.connection);
}

export function useLost(): readonly string[] {
  const runners = useClient((state) => state.runners);
  return Object.keys(runners).filter((name) => runners[name] === "lost");
}

export function useUnsent(): number {
  return useClient((state) => state.outbox.filter((item) => item.seq === undefined).length);
}

export const connectNow = (): void => client.nudge();
