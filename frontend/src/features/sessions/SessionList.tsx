import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, LoaderCircle, Moon, Plus, Square, Unplug, X } from "lucide-react";
import { memo, useDeferredValue, useState, type ReactNode } from "react";
import { Button, IconButton } from "../../ui/Button";
import { useNow } from "../../ui/clock";
import { Trouble } from "../../ui/Trouble";
import { ago, baseName, exactTime } from "../../ui/words";
import { useListErrors, useLostRunners, useSessions, type SessionId, type SessionInfo } from "./api";
import { glance, GLANCE_WORDS, isUnread, useRead, type Glance } from "./states";
import "./sessions.css";

const ICONS: Record<Glance, typeof Moon> = {
  needs: CircleHelp,
  working: LoaderCircle,
  failed: CircleAlert,
  done: CircleCheck,
  ready: CircleDashed,
  asleep: Moon,
  stopped: Square,
  unreachable: Unplug,
};

export function titleOf(row: { title: string; workspace: string }): string {
  return row.title || `New in ${baseName(row.workspace)}`;
}

/** All conversations, the newest first; what needs the person stands above. */
export function SessionList({
  current,
  show,
  create,
}: {
  current: SessionId | undefined;
  show: (session: SessionId) => void;
  create: () => void;
}): ReactNode {
  const sessions = useSessions();
  const errors = Object.entries(useListErrors());
  const lost = useLostRunners();
  const marks = useRead();
  const [filter, setFilter] = useState("");
  const wanted = useDeferredValue(filter).trim().toLowerCase();
  const now = useNow(30_000);
  const rows = [...(sessions?.values() ?? [])]
    .filter((row) => wanted === "" || `${row.title} ${row.workspace}`.toLowerCase().includes(wanted))
    .map((row) => ({ row, state: glance(row, row.id !== current && isUnread(row, marks), lost) }))
    .sort((a, b) => Number(b.state === "needs") - Number(a.state === "needs") || b.row.updated_at - a.row.updated_at);
  return (
    <nav className="sessions" aria-label="Conversations">
      <header>
        <h2>Conversations</h2>
        <IconButton label="New conversation" onClick={create}>
          <Plus size={18} />
        </IconButton>
      </header>
      {(sessions?.size ?? 0) > 5 || filter ? (
        <div className="sessions-filter">
          <input
            className="input"
            type="search"
            placeholder="Filter"
            aria-label="Filter conversations"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          {filter ? (
            <IconButton label="Clear filter" onClick={() => setFilter("")}>
              <X size={15} />
            </IconButton>
          ) : null}
        </div>
      ) : null}
      {errors.map(([runner, error]) => (
        <Trouble
          key={runner}
          message={`The list${runner && sessions ? ` of ${runner}` : ""} cannot be had: ${error.message}`}
          hint={error.hint}
        />
      ))}
      {sessions ? null : <Shape />}
      {sessions?.size === 0 ? (
        <div className="sessions-empty">
          <p>A conversation is one agent at work in one folder.</p>
          <Button look="primary" onClick={create}>
            <Plus size={16} aria-hidden="true" /> New conversation
          </Button>
        </div>
      ) : null}
      {sessions && sessions.size > 0 && rows.length === 0 ? <p className="sessions-empty">Nothing matches “{filter}”.</p> : null}
      <ul role="list" className="scroll">
        {rows.map(({ row, state }) => (
          <li key={row.id}>
            <SessionRow row={row} state={state} here={row.id === current} when={ago(row.updated_at, now)} show={show} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

const SessionRow = memo(function SessionRow({
  row,
  state,
  here,
  when,
  show,
}: {
  row: SessionInfo;
  state: Glance;
  here: boolean;
  when: string;
  show: (session: SessionId) => void;
}): ReactNode {
  const Icon = ICONS[state];
  return (
    <button
      type="button"
      className="session-row"
      data-state={state}
      aria-current={here ? "page" : undefined}
      onClick={() => show(row.id)}
    >
      <Icon className={state === "working" ? "spin" : ""} size={16} aria-hidden="true" />
      <span className="session-title">{titleOf(row)}</span>
      <time title={exactTime(row.updated_at)}>{when}</time>
      <span className="session-place" title={row.workspace}>
        {baseName(row.workspace)}
      </span>
      <span className="session-state">{GLANCE_WORDS[state]}</span>
    </button>
  );
});

/** The shape of a list that is on its way. */
function Shape(): ReactNode {
  return (
    <div className="shape" aria-hidden="true">
      {["70%", "45%", "60%", "52%"].map((width) => (
        <span key={width} style={{ width }} />
      ))}
    </div>
  );
}
