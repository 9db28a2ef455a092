import type { ReactNode } from "react";
import { perform } from "../commands/registry";
import { StatsLine } from "../features/config/StatsLine";
import { ConnectionWord } from "../features/connection/ConnectionState";
import { useClient, type SessionId } from "../protocol";
import { providerName } from "../ui/words";

/** One line: runner, agent, model, context, cost, connection. */
export function StatusBar({ session }: { session: SessionId | undefined }): ReactNode {
  const snapshot = useClient((state) => (session ? state.open.get(session)?.snapshot : undefined));
  const runner = useClient((state) => (session ? state.sessions?.get(session)?.runner : undefined));
  return (
    <footer className="status-bar">
      <ConnectionWord />
      {runner ? <span title="Runner">{runner}</span> : null}
      {snapshot?.harness ? <span title="Agent">{[snapshot.harness, snapshot.harness_version].filter(Boolean).join(" ")}</span> : null}
      {snapshot?.model ? (
        <span title={snapshot.provider ? `Model of ${providerName(snapshot.provider)}` : "Model"}>
          {[snapshot.provider?.replace(/^eavs-/, ""), snapshot.model].filter(Boolean).join("/")}
        </span>
      ) : null}
      <span className="status-space" />
      {session ? <StatsLine key={session} session={session} change={() => perform("budget")} /> : null}
    </footer>
  );
}
