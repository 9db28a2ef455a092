// The palette also goes to conversations.
import { useClient } from "../../protocol";
import type { SessionId, SessionInfo } from "../../protocol";

export type { SessionId, SessionInfo } from "../../protocol";

const NONE: ReadonlyMap<SessionId, SessionInfo> = new Map();

export function useRows(): readonly SessionInfo[] {
  const sessions = useClient((state) => state.sessions ?? NONE);
  return [...sessions.values()].sort((a, b) => b.updated_at - a.updated_at);
}
