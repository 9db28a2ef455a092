import { Gauge, GitFork, Plug, Scissors, Settings2, Undo2, type LucideIcon } from "lucide-react";
import { memo, useState, type ReactNode } from "react";
import { Markdown } from "../../ui/markdown/Markdown";
import { Trouble } from "../../ui/Trouble";
import { clockTime, exactTime, plural } from "../../ui/words";
import type { RunningTool, SessionId } from "./api";
import { PartView } from "./PartView";
import { usePaced } from "./pace";
import type { Note, Row } from "./rows";
import { StepsView } from "./StepsView";
import { TurnEnd } from "./TurnEnd";
import { UnsentView, UserView } from "./UserView";

/** What rows let a person do. */
export type RowActions = {
  fork: (at: number) => void;
  rewind: (to: number) => void;
  again: (text: string) => void;
  /** Offers another budget; with it the agent is told this. */
  budget: (onward: string) => void;
  edit: (text: string) => void;
  show: (session: SessionId) => void;
  can: { fork: boolean; rewind: boolean };
  resting: boolean;
};

type Props = {
  row: Row;
  place: number;
  of: number;
  session: SessionId;
  tools: readonly RunningTool[];
  lit: boolean;
  actions: RowActions;
};

/** One row. It is drawn again only when it, its tools or its place have changed. */
export const RowView = memo(function RowView({ row, place, of, session, tools, lit, actions }: Props): ReactNode {
  return (
    <article
      className="row"
      data-kind={row.kind}
      data-lit={lit || undefined}
      aria-posinset={place}
      aria-setsize={of}
      tabIndex={-1}
      aria-label={label(row)}
    >
      <Content row={row} tools={tools} session={session} actions={actions} />
    </article>
  );
});

function label(row: Row): string {
  switch (row.kind) {
    case "user":
      return `You, ${clockTime(row.message.created_at)}`;
    case "text":
      return "Agent";
    case "steps":
      return plural(row.steps.length, "step");
    case "part":
      return "Agent, attachment";
    case "failure":
      return "Error";
    case "turn":
      return "End of turn";
    case "note":
      return "Note";
    case "rewound":
      return "Taken back";
    case "unsent":
      return "You, not sent yet";
  }
}

type ContentProps = { row: Row; tools: readonly RunningTool[]; session: SessionId; actions: RowActions };

function Content({ row, tools, session, actions }: ContentProps): ReactNode {
  switch (row.kind) {
    case "user":
      return <UserView row={row} actions={actions} />;
    case "unsent":
      return <UnsentView item={row.item} actions={actions} />;
    case "text":
      return <Answer text={row.text} growing={row.growing} />;
    case "steps":
      return <StepsView steps={row.steps} tools={tools} />;
    case "part":
      return <PartView part={row.part} />;
    case "failure":
      return <Trouble message={row.text} />;
    case "turn":
      return <TurnEnd row={row} actions={actions} />;
    case "note":
      return <NoteView row={row} actions={actions} />;
    case "rewound":
      return <Rewound row={row} tools={tools} session={session} actions={actions} />;
  }
}

function Answer({ text, growing }: { text: string; growing: boolean }): ReactNode {
  const shown = usePaced(text, growing);
  return <Markdown text={shown} growing={growing} />;
}

const ICONS: Record<Note, LucideIcon> = {
  compacted: Scissors,
  forked: GitFork,
  forked_from: GitFork,
  resumed: Plug,
  closed: Plug,
  model: Settings2,
  budget: Gauge,
};

function NoteView({ row, actions }: { row: Extract<Row, { kind: "note" }>; actions: RowActions }): ReactNode {
  const [open, setOpen] = useState(false);
  const Icon = ICONS[row.what];
  const target = row.what === "forked" || row.what === "forked_from" ? (row.more as SessionId) : undefined;
  const more = target ? undefined : row.more;
  return (
    <div className="note">
      <p>
        <Icon size={14} aria-hidden="true" />
        <span>{row.text}</span>
        <time title={exactTime(row.ts)}>{clockTime(row.ts)}</time>
        {target ? (
          <button type="button" className="link" onClick={() => actions.show(target)}>
            Open it
          </button>
        ) : null}
        {more ? (
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Less" : "More"}
          </button>
        ) : null}
      </p>
      {open && more ? <Markdown text={more} /> : null}
    </div>
  );
}

function Rewound({ row, tools, session, actions }: ContentProps & { row: Extract<Row, { kind: "rewound" }> }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <div className="note">
      <p>
        <Undo2 size={14} aria-hidden="true" />
        <span>Taken back: {plural(row.rows.length, "step")}</span>
        <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide" : "Show"}
        </button>
      </p>
      {open ? (
        <div className="rewound">
          {row.rows.map((inner) => (
            <div key={inner.key}>
              <Content row={inner} tools={tools} session={session} actions={{ ...actions, can: NOTHING }} />
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

const NOTHING = { fork: false, rewind: false };
