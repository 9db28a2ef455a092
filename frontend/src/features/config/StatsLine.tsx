import { useEffect, useState, type ReactNode } from "react";
import { compact, money } from "../../ui/words";
import { statsOf, useLive, useSnapshot, type SessionId, type Stats } from "./api";

/** Tokens, cost and how full the context is, as the harness counts them; asked for again after every turn. */
export function StatsLine({ session }: { session: SessionId }): ReactNode {
  const stats = useStats(session);
  if (!stats) return null;
  const { usage, context_tokens, context_window } = stats;
  const all = usage.input_tokens + usage.output_tokens + usage.cache_read_tokens + usage.cache_write_tokens;
  return (
    <span className="stats">
      {context_tokens && context_window ? (
        <span className="gauge" title={`${context_tokens} of ${context_window} tokens of context`}>
          <meter min={0} max={context_window} high={context_window * 0.8} value={context_tokens} aria-label="Context used" />
          {Math.round((100 * context_tokens) / context_window)} %
        </span>
      ) : null}
      {all > 0 ? (
        <span title={`${usage.input_tokens} in, ${usage.cache_read_tokens} cached, ${usage.output_tokens} out`}>
          {compact(all)} tokens
        </span>
      ) : null}
      <Cost stats={stats} />
    </span>
  );
}

/** What it cost; with a budget, how much of that is used by the gateway's book. */
function Cost({ stats: { usage, budget } }: { stats: Stats }): ReactNode {
  if (budget?.usd !== undefined) {
    return (
      <Used
        part={budget.spent_usd}
        whole={budget.usd}
        words={`${money(budget.spent_usd)} of ${money(budget.usd)}`}
        about="Used of this conversation’s budget"
      />
    );
  }
  const cost = usage.cost_usd > 0 ? <span title="Cost as the agent states it">{money(usage.cost_usd)}</span> : null;
  if (budget?.tokens === undefined) return cost;
  return (
    <>
      {cost}
      <Used
        part={budget.spent_tokens}
        whole={budget.tokens}
        words={`${compact(budget.spent_tokens)} of ${compact(budget.tokens)} tokens`}
        about="Tokens used of this conversation’s budget"
      />
    </>
  );
}

function Used({ part, whole, words, about }: { part: number; whole: number; words: string; about: string }): ReactNode {
  const over = part >= whole;
  return (
    <span className={over ? "gauge budget over" : "gauge budget"} title={over ? `${about}: nothing is left` : about}>
      <meter min={0} max={Math.max(whole, Number.MIN_VALUE)} high={whole * 0.8} value={Math.min(part, whole)} aria-label={about} />
      {words}
    </span>
  );
}

function useStats(session: SessionId): Stats | undefined {
  const snapshot = useSnapshot(session);
  const live = useLive(session);
  const [stats, setStats] = useState<Stats>();
  const running = snapshot?.turn !== undefined;
  const possible = live && (snapshot?.capabilities.includes("stats") ?? false) && awake(snapshot?.state);
  useEffect(() => {
    if (!possible || running) return;
    let here = true;
    statsOf(session).then(
      (found) => (here ? setStats(found) : undefined),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [session, possible, running, snapshot?.model]);
  return stats;
}

function awake(state: string | undefined): boolean {
  return state === "idle" || state === "working" || state === "waiting";
}
