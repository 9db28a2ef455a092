// Model and thinking level of a session, its stats, and what the page knows of the demo.
import { asWireError, client, useClient } from "../../protocol";
import type { Models, SessionId, Snapshot, Stats, WireError } from "../../protocol";

export type { ModelInfo, Models, SessionId, Snapshot, Stats } from "../../protocol";
export { asWireError };
export type WireTrouble = WireError;

export function useSnapshot(session: SessionId | undefined): Snapshot | undefined {
  return useClient((state) => (session ? state.open.get(session)?.snapshot : undefined));
}

export function useLive(session: SessionId | undefined): boolean {
  return useClient((state) => session !== undefined && state.open.get(session)?.loading === "live");
}

export const modelsOf = (session: SessionId): Promise<Models> => client.call("get_models", {}, { session });
export const setModel = (session: SessionId, provider: string, model: string): Promise<unknown> =>
  client.change("set_model", { provider, model }, { session });
export const setThinking = (session: SessionId, level: string): Promise<unknown> =>
  client.change("set_thinking_level", { level }, { session });
export const statsOf = (session: SessionId): Promise<Stats> => client.call("get_stats", {}, { session });

export function useDemo(): boolean {
  return useClient((state) => state.hello?.demo ?? false);
}
