import { LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { useNow } from "../../ui/clock";
import { duration } from "../../ui/words";
import type { SessionModel, Snapshot } from "./api";

/** What happens now, with its time: always in the same place, so nothing moves when it comes and goes. */
export function NowLine({ model }: { model: SessionModel }): ReactNode {
  const { snapshot } = model;
  const working = snapshot.turn !== undefined || snapshot.phase !== undefined;
  return (
    <div className="now-line">
      {working ? (
        <>
          <LoaderCircle className="spin" size={14} aria-hidden="true" />
          <span>{phaseWords(snapshot)}</span>
          <Elapsed since={snapshot.turn?.started_at} />
        </>
      ) : null}
      <Statuses statuses={snapshot.statuses} />
    </div>
  );
}

export function phaseWords(snapshot: Snapshot): string {
  if (snapshot.state === "waiting") return "Waits for your answer";
  const { phase, retry, tools, detail } = snapshot;
  switch (phase) {
    case "initializing":
      return "Starting the agent";
    case "thinking":
      return "Thinking";
    case "tool_running": {
      const running = tools.filter((tool) => !tool.ended);
      return running.length > 1 ? `Running ${running.length} tools` : `Running ${detail ?? running[0]?.name ?? "a tool"}`;
    }
    case "compacting":
      return "Summarising the context";
    case "retrying":
      return retry ? `Trying again (${retry.attempt} of ${retry.max_attempts}): ${retry.error}` : "Trying again";
    case "generating":
    case undefined:
      return snapshot.streaming?.parts.some((part) => part.kind === "text") ? "Writing" : "Waiting for the model";
  }
}

function Elapsed({ since }: { since: number | undefined }): ReactNode {
  const now = useNow(1_000);
  if (since === undefined) return null;
  return <span className="quiet">{duration(Math.max(0, now - since + 500)).replace(/\.\d s/, " s")}</span>;
}

function Statuses({ statuses }: { statuses: Snapshot["statuses"] }): ReactNode {
  const lines = Object.entries(statuses);
  if (lines.length === 0) return null;
  return (
    <span className="statuses">
      {lines.map(([key, text]) => (
        <span key={key} title={key}>
          {text}
        </span>
      ))}
    </span>
  );
}
