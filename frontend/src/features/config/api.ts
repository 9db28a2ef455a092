// Model and thinking level of a session, its stats, and what the page knows of the demo.
import { asWireError, client, useClient } from "../../protocol";
import type { Budget, Models, SessionId, SetBudget, Snapshot, Stats, WireError } from "../../protocol";

export type { Budget, ModelInfo, Models, SessionId, Snapshot, Stats } from "../../protocol";
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

export const budgetOf = async (session: SessionId): Promise<Budget> =>
  noted(session, await client.call("get_budget", {}, { session }));
export const setBudget = async (session: SessionId, params: Omit<SetBudget, "client_id">): Promise<Budget> =>
  noted(session, await client.change("set_budget", params, { session }));

const budgets = new Map<SessionId, Budget>();

/** Remembers that this session has a budget. */
export function noted(session: SessionId, budget: Budget): Budget {
  budgets.set(session, budget);
  return budget;
}

/** Whether a gateway measures what this session uses, as far as the page was told. */
export const hasBudget = (session: SessionId): boolean => budgets.has(session);

export function useDemo(): boolean {
  return useClient((state) => state.hello?.demo ?? false);
}
