import { Gauge, RotateCcw } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { Trouble } from "../../ui/Trouble";
import { compact, duration, money } from "../../ui/words";
import type { Usage } from "./api";
import type { Row } from "./rows";
import type { RowActions } from "./RowView";
import { textOf } from "./UserView";

/** The end of a turn: a thin line with its facts; after a failure what happened and the way on. */
export function TurnEnd({ row, actions }: { row: Extract<Row, { kind: "turn" }>; actions: RowActions }): ReactNode {
  const { ended, prompt } = row;
  const text = prompt ? textOf(prompt) : "";
  const again =
    text && actions.resting ? (
      <Button onClick={() => actions.again(text)}>
        <RotateCcw size={14} aria-hidden="true" /> Send again
      </Button>
    ) : null;
  switch (ended.reason) {
    case "done":
      return <Facts row={row} word="Done" />;
    case "aborted":
      return <Facts row={row} word="Stopped by you" />;
    case "error":
      if (ended.code === "budget") return <OverBudget row={row} actions={actions} onward={row.begun || !text ? "Go on." : text} />;
      return (
        <div className="turn-trouble">
          <Trouble message={ended.message ?? "The agent could not finish this."} hint={ended.hint}>
            <div>{again}</div>
          </Trouble>
          <Facts row={row} word="Failed" />
        </div>
      );
    case "crashed":
      return (
        <div className="turn-trouble">
          <Trouble
            message={`The agent's process ended in the middle of this turn. ${ended.message ?? ""} What was shown is kept; your message was not sent again.`}
            hint={ended.hint}
          >
            <div>{again}</div>
          </Trouble>
          <Facts row={row} word="Crashed" />
        </div>
      );
  }
}

/** The agent stopped because the budget is used up: the way on is another one. */
function OverBudget({
  row,
  actions,
  onward,
}: {
  row: Extract<Row, { kind: "turn" }>;
  actions: RowActions;
  onward: string;
}): ReactNode {
  return (
    <div className="turn-trouble">
      <Trouble message="The budget of this conversation is used up, so the agent stopped. What it has done so far is kept.">
        {actions.resting && !row.passed ? (
          <div className="ways">
            <Button onClick={() => actions.budget(onward)}>
              <Gauge size={14} aria-hidden="true" /> Raise the budget…
            </Button>
            <Button look="quiet" onClick={() => actions.again(onward)}>
              <RotateCcw size={14} aria-hidden="true" /> Try again
            </Button>
          </div>
        ) : null}
      </Trouble>
      <Facts row={row} word="Out of budget" />
    </div>
  );
}

function Facts({ row, word }: { row: Extract<Row, { kind: "turn" }>; word: string }): ReactNode {
  const [open, setOpen] = useState(false);
  const { usage, duration_ms } = row.ended;
  return (
    <p className="turn-facts">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {word} · {duration(duration_ms)}
      </button>
      {open ? <span>{[row.model, ...(usage ? usageWords(usage) : [])].filter(Boolean).join(" · ")}</span> : null}
    </p>
  );
}

export function usageWords(usage: Usage): string[] {
  const cached = usage.cache_read_tokens > 0 ? [`${compact(usage.cache_read_tokens)} cached`] : [];
  return [
    `${compact(usage.input_tokens)} in`,
    ...cached,
    `${compact(usage.output_tokens)} out`,
    ...(usage.cost_usd > 0 ? [money(usage.cost_usd)] : []),
  ];
}
