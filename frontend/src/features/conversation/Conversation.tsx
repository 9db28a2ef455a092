import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { Contained } from "../../ui/Contained";
import { Mark } from "../../ui/Mark";
import { baseName } from "../../ui/words";
import { loadOlder, useOutbox, type SessionModel } from "./api";
import { allRows, Timeline, type Row } from "./rows";
import { RowView, type RowActions } from "./RowView";
import "./conversation.css";

/** Rough heights, in pixels, of rows that have not been drawn yet. */
const HEIGHTS: Record<Row["kind"], number> = {
  user: 90,
  text: 160,
  steps: 44,
  part: 80,
  failure: 60,
  turn: 32,
  note: 36,
  rewound: 36,
  unsent: 90,
};
/** So near the end, in pixels, the view follows what comes. */
const NEAR = 72;

export type Jump = { seq: number; nonce: number };

/** The transcript: virtualised, anchored at its end, following only a reader who is at the end. */
export function Conversation({
  model,
  actions,
  jump,
  leave,
}: {
  model: SessionModel;
  actions: RowActions;
  jump?: Jump | undefined;
  leave: () => void;
}): ReactNode {
  const outbox = useOutbox();
  const timeline = useMemo(() => new Timeline(), []);
  const rows = allRows(timeline, model, outbox);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? "text"],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR,
    paddingStart: 24,
    paddingEnd: 12,
  });
  const news = useNews(list.isAtEnd(NEAR), rows);
  const started = useStart(rows.length > 0, () => list.scrollToEnd());
  useOwnPrompt(outbox.length, () => list.scrollToEnd());
  useOlder(model, started, list.scrollOffset ?? 0);
  const lit = useJump(model, rows, jump, (index) => list.scrollToIndex(index, { align: "center" }));
  const focus = useRoving(rows, (index) => list.scrollToIndex(index, { align: "auto" }), leave);
  const busy = model.snapshot.streaming !== undefined;

  return (
    <div className="transcript">
      <div
        ref={scroller}
        className="transcript-scroll scroll"
        role="log"
        aria-label="Conversation"
        aria-live="off"
        aria-busy={busy}
        // The log scrolls, so it must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={focus.onKeyDown}
      >
        <div className="transcript-all" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                className="transcript-row"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <Contained what="This part of the conversation">
                  <RowView
                    row={row}
                    place={item.index + 1}
                    of={rows.length}
                    session={model.session}
                    tools={row.kind === "steps" ? model.snapshot.tools : NO_TOOLS}
                    lit={lit === row.key}
                    actions={actions}
                  />
                </Contained>
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 && model.loading === "live" ? <Fresh model={model} propose={actions.edit} /> : null}
      {news.away ? (
        <Button className="news" onClick={() => list.scrollToEnd()}>
          <ArrowDown size={15} aria-hidden="true" />
          {news.count > 0 ? `${news.count} new` : "To the end"}
        </Button>
      ) : null}
    </div>
  );
}

const FIRST_WORDS = ["What is this project about?", "List the open TODOs, by file", "Run the tests and mend what fails"];

/** Nothing has been said yet. */
function Fresh({ model, propose }: { model: SessionModel; propose: (text: string) => void }): ReactNode {
  const { workspace, harness, harness_version, model: name } = model.snapshot;
  return (
    <div className="fresh">
      <Mark size={40} />
      <h2>What is to be done in {baseName(workspace)}?</h2>
      <p>{[[harness, harness_version].filter(Boolean).join(" "), name].filter(Boolean).join(" · ")}</p>
      <ul role="list">
        {FIRST_WORDS.map((text) => (
          <li key={text}>
            <Button onClick={() => propose(text)}>{text}</Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const NO_TOOLS: SessionModel["snapshot"]["tools"] = [];

/** How many rows have come since the reader left the end. */
function useNews(atEnd: boolean, rows: readonly Row[]): { away: boolean; count: number } {
  const seen = useRef(rows.length);
  if (atEnd || rows.length < seen.current) seen.current = rows.length;
  return { away: !atEnd && rows.length > 0, count: rows.length - seen.current };
}

/** A session that is shown for the first time is shown at its end; before that, its offset says nothing. */
function useStart(ready: boolean, toEnd: () => void): { readonly current: boolean } {
  const began = useRef(false);
  const started = useRef(false);
  useEffect(() => {
    if (!ready || began.current) return;
    began.current = true;
    toEnd();
    requestAnimationFrame(() => requestAnimationFrame(() => (started.current = true)));
  });
  return started;
}

/** Who says something wants to see it. */
function useOwnPrompt(count: number, toEnd: () => void): void {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) toEnd();
    before.current = count;
  });
}

/** Loads the page before the first message when the reader comes near it. */
function useOlder(model: SessionModel, started: { readonly current: boolean }, offset: number): void {
  const loading = useRef(false);
  useEffect(() => {
    if (!started.current || !model.more || model.loading !== "live" || loading.current || offset > 600) return;
    loading.current = true;
    void loadOlder(model.session)
      .catch(() => undefined)
      .finally(() => (loading.current = false));
  });
}

/** Goes to an entry, loading older pages until it is there; returns the key of the row to light up. */
function useJump(
  model: SessionModel,
  rows: readonly Row[],
  jump: Jump | undefined,
  go: (index: number) => void,
): string | undefined {
  const [lit, setLit] = useState<string>();
  const done = useRef<number>(undefined);
  const asking = useRef(false);
  // Runs after every drawing, because the row may come with any page; it acts once a jump.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => {
    if (!jump || done.current === jump.nonce || model.loading !== "live") return;
    const first = model.entries[0]?.seq ?? 0;
    if (model.more && jump.seq < first) {
      if (asking.current) return;
      asking.current = true;
      void loadOlder(model.session)
        .catch(() => (done.current = jump.nonce))
        .finally(() => (asking.current = false));
      return;
    }
    done.current = jump.nonce;
    const index = rows.findLastIndex((row) => row.seq <= jump.seq && row.kind !== "turn");
    const row = rows[index];
    if (!row) return;
    go(index);
    setLit(row.key);
    setTimeout(() => setLit(undefined), 2_400);
  });
  return lit;
}

/** Up and Down go from row to row, Home and End to the ends, Escape to the composer. */
function useRoving(
  rows: readonly Row[],
  go: (index: number) => void,
  leave: () => void,
): { onKeyDown: (event: KeyboardEvent<HTMLElement>) => void } {
  const at = (index: number): void => {
    const place = Math.max(0, Math.min(rows.length - 1, index));
    go(place);
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`.transcript-row[data-index="${place}"] > article`)?.focus({ preventScroll: true });
    });
  };
  return {
    onKeyDown: (event) => {
      const { target } = event;
      if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
      if (target !== event.currentTarget && target.tagName !== "ARTICLE") return;
      const holder = target.closest<HTMLElement>("[data-index]");
      const now = holder ? Number(holder.dataset["index"]) : rows.length;
      const moves: Record<string, () => void> = {
        ArrowUp: () => at(now - 1),
        ArrowDown: () => at(now + 1),
        Home: () => at(0),
        End: () => at(rows.length - 1),
        Escape: leave,
        Enter: () => target.querySelector<HTMLElement>("button[aria-expanded]")?.click(),
      };
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      move();
    },
  };
}
