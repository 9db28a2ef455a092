// The list of sessions and what can be done to one.
import { asWireError, client, useClient } from "../../protocol";
import type { HarnessInfo, Models, RunnerDetails, SessionCreate, SessionId, SessionInfo, Stopped, Trust, WireError } from "../../protocol";

export type { HarnessInfo, ModelInfo, RunnerDetails, SessionId, SessionInfo, SessionState, WireError } from "../../protocol";
export { asWireError };

export function useSessions(): ReadonlyMap<SessionId, SessionInfo> | undefined {
  return useClient((state) => state.sessions);
}

/** Runners whose list cannot be had, and why. */
export function useListErrors(): Readonly<Record<string, WireError>> {
  return useClient((state) => state.listErrors);
}

export function useLostRunners(): ReadonlySet<string> {
  const runners = useClient((state) => state.runners);
  return new Set(Object.keys(runners).filter((name) => runners[name] === "lost"));
}

export async function create(params: SessionCreate): Promise<SessionInfo> {
  const { session } = await client.change("session.create", params);
  client.row(session);
  return session;
}

export const runnerInfo = (): Promise<RunnerDetails> => client.call("runner.info", {});
export const models = (harness: string, workspace: string): Promise<Models> =>
  client.call("get_models", { harness, ...(workspace ? { workspace } : {}) });
export const trustOf = (workspace: string): Promise<Trust> => client.call("workspace.trust", { workspace });
export const trust = (workspace: string, trusted: boolean): Promise<Trust> =>
  client.change("workspace.trust", { workspace, trusted });
export const usable = (harness: HarnessInfo): boolean => harness.problem === undefined;

export const rename = (session: SessionId, title: string): Promise<unknown> =>
  client.change("session.rename", { title }, { session });
export const stop = (session: SessionId): Promise<Stopped> => client.change("session.stop", {}, { session });
export const remove = (session: SessionId): Promise<Stopped> => client.change("session.delete", {}, { session });
export const compactContext = (session: SessionId): Promise<unknown> => client.change("compact", {}, { session });

export async function resume(session: SessionId): Promise<void> {
  client.row((await client.change("session.resume", {}, { session })).session);
}
