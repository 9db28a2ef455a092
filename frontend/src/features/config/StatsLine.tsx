import { useEffect, useState, type ReactNode } from "react";
import { compact, money } from "../../ui/words";
import { budgetOf, noted, statsOf, useLive, useSnapshot, type Budget, type SessionId, type Stats } from "./api";

type Known = { stats?: Stats; budget?: Budget };

/** Tokens, cost and how full the context is, as the harness counts them; asked for again after every turn. */
export function StatsLine({ session, change }: { session: SessionId; change?: () => void }): ReactNode {
  const { stats, budget } = useKnown(session);
  if (!stats && !budget) return null;
  return (
    <span className="stats">
      {stats ? <Context stats={stats} /> : null}
      <Cost usd={stats?.usage.cost_usd ?? 0} budget={budget} change={change} />
    </span>
  );
}

function Context({ stats: { usage, context_tokens, context_window } }: { stats: Stats }): ReactNode {
  const all = usage.input_tokens + usage.output_tokens + usage.cache_read_tokens + usage.cache_write_tokens;
  return (
    <>
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
    </>
  );
}

type Change = { change: (() => void) | undefined };

/** What it cost; with a budget, how much of that is used by the gateway's book. */
function Cost({ usd, budget, change }: { usd: number; budget: Budget | undefined } & Change): ReactNode {
  const cost = usd > 0 ? <span title="Cost as the agent states it">{money(usd)}</span> : null;
  const dollars =
    budget?.usd === undefined ? null : (
      <Used
        part={budget.spent_usd}
        whole={budget.usd}
        words={`${money(budget.spent_usd)} of ${money(budget.usd)}`}
        about="Used of this conversation’s budget"
        change={change}
      />
    );
  const tokens =
    budget?.tokens === undefined ? null : (
      <Used
        part={budget.spent_tokens}
        whole={budget.tokens}
        words={`${compact(budget.spent_tokens)} of ${compact(budget.tokens)} tokens`}
        about="Tokens used of this conversation’s budget"
        change={change}
      />
    );
  return (
    <>
      {dollars ?? cost}
      {tokens}
    </>
  );
}

function Used({
  part,
  whole,
  words,
  about,
  change,
}: { part: number; whole: number; words: string; about: string } & Change): ReactNode {
  const over = part >= whole;
  const look = over ? "gauge budget over" : "gauge budget";
  const title = over ? `${about}: nothing is left` : about;
  const gauge = (
    <>
      <meter min={0} max={Math.max(whole, Number.MIN_VALUE)} high={whole * 0.8} value={Math.min(part, whole)} aria-label={about} />
      {words}
    </>
  );
  if (!change) {
    return (
      <span className={look} title={title}>
        {gauge}
      </span>
    );
  }
  return (
    <button type="button" className={look} title={`${title}. Change it…`} aria-label={`Budget: ${words}. Change it`} onClick={change}>
      {gauge}
    </button>
  );
}

/** A session that sleeps is not woken for its figures; what it used is known to the gateway all the same. */
function useKnown(session: SessionId): Known {
  const snapshot = useSnapshot(session);
  const live = useLive(session);
  const [known, setKnown] = useState<Known>({});
  const running = snapshot?.turn !== undefined;
  const counts = (snapshot?.capabilities.includes("stats") ?? false) && awake(snapshot?.state);
  const possible = live && snapshot !== undefined && snapshot.state !== "starting";
  useEffect(() => {
    if (!possible || running) return;
    let here = true;
    const asked = counts
      ? statsOf(session).then((stats): Known => ({ stats, ...(stats.budget ? { budget: noted(session, stats.budget) } : {}) }))
      : budgetOf(session).then((budget): Known => ({ budget }));
    asked.then(
      (found) => (here ? setKnown((now) => ({ ...now, ...found })) : undefined),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [session, possible, counts, running, snapshot?.model, snapshot?.budget]);
  return known;
}

function awake(state: string | undefined): boolean {
  return state === "idle" || state === "working" || state === "waiting";
}
