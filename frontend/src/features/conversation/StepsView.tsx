import {
  ChevronRight,
  CircleAlert,
  FileText,
  FolderOpen,
  Globe,
  Lightbulb,
  LoaderCircle,
  PencilLine,
  Search,
  SquarePen,
  SquareTerminal,
  Wrench,
} from "lucide-react";
import { memo, useRef, useState, type ReactNode } from "react";
import { useNow } from "../../ui/clock";
import { Markdown } from "../../ui/markdown/Markdown";
import { duration } from "../../ui/words";
import type { RunningTool } from "./api";
import type { CallView, Step, ThoughtView } from "./rows";
import { CallDetail } from "./CallDetail";
import { diffOf, diffSize, foldedLine, onlyLooks, toolLine, type ToolKind } from "./tools";

export const TOOL_ICONS: Record<ToolKind, typeof Search> = {
  read: FileText,
  search: Search,
  list: FolderOpen,
  edit: PencilLine,
  write: SquarePen,
  run: SquareTerminal,
  fetch: Globe,
  other: Wrench,
};

/** So many calls in a row that only look fold into one line. */
const FOLD_FROM = 3;

type Group = { key: string; steps: readonly Step[]; folded: boolean };

/** What the agent did: one line each; runs of reads and searches are one line together. */
export const StepsView = memo(function StepsView({
  steps,
  tools,
}: {
  steps: readonly Step[];
  tools: readonly RunningTool[];
}): ReactNode {
  return (
    <ul role="list" className="steps">
      {groups(steps).map((group) =>
        group.folded ? (
          <Folded key={group.key} steps={group.steps} tools={tools} />
        ) : (
          group.steps.map((step) => <StepLine key={step.id} step={step} tools={tools} />)
        ),
      )}
    </ul>
  );
});

function groups(steps: readonly Step[]): Group[] {
  const found: Group[] = [];
  let run: Step[] = [];
  const close = (): void => {
    const calls = run.filter((step) => step.kind === "call").length;
    const [first] = run;
    if (first) found.push({ key: `g-${first.id}`, steps: run, folded: calls >= FOLD_FROM });
    run = [];
  };
  for (const step of steps) {
    const quiet = step.kind === "thought" ? run.length > 0 : onlyLooks(toolLine(step).kind) && !step.result?.is_error;
    if (!quiet) close();
    run.push(step);
    if (!quiet) close();
  }
  close();
  return found;
}

function Folded({ steps, tools }: { steps: readonly Step[]; tools: readonly RunningTool[] }): ReactNode {
  const [open, setOpen] = useState(false);
  const calls = steps.filter((step) => step.kind === "call");
  const running = calls.some((call) => call.result === undefined);
  const last = calls.at(-1);
  const ms = calls.reduce((sum, call) => sum + (call.result?.duration_ms ?? 0), 0);
  return (
    <li className="step" data-open={open || undefined}>
      <button type="button" className="step-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Search size={15} aria-hidden="true" />
        <span className="step-verb">{foldedLine(calls.map((call) => toolLine(call).kind))}</span>
        <span className="step-target">{running && last ? toolLine(last).target : ""}</span>
        <span className="step-facts">{running ? <Spinner /> : ms >= 100 ? duration(ms) : null}</span>
        <ChevronRight className="step-arrow" size={14} aria-hidden="true" />
      </button>
      {open ? (
        <ul role="list" className="steps step-inner">
          {steps.map((step) => (
            <StepLine key={step.id} step={step} tools={tools} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function StepLine({ step, tools }: { step: Step; tools: readonly RunningTool[] }): ReactNode {
  return step.kind === "thought" ? (
    <Thought step={step} />
  ) : (
    <Call call={step} running={tools.find((tool) => tool.tool_call_id === step.id)} />
  );
}

const thoughtFor = new Map<string, number>();

/** How long a thought took, where this page saw it being thought. */
function useThinkingTime(step: ThoughtView): number | undefined {
  const began = useRef<number>(undefined);
  if (step.growing) {
    began.current ??= Date.now();
  } else if (began.current !== undefined && !thoughtFor.has(step.id)) {
    thoughtFor.set(step.id, Date.now() - began.current);
  }
  return thoughtFor.get(step.id);
}

function Thought({ step }: { step: ThoughtView }): ReactNode {
  const [open, setOpen] = useState(false);
  const ms = useThinkingTime(step);
  return (
    <li className="step" data-open={open || undefined}>
      <button type="button" className="step-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Lightbulb size={15} aria-hidden="true" />
        <span className="step-verb">{step.growing ? "Thinking" : "Thought"}</span>
        <span className="step-target" data-plain>
          {open ? "" : firstLine(step.text)}
        </span>
        <span className="step-facts">{step.growing ? <Spinner /> : ms === undefined ? null : duration(ms)}</span>
        <ChevronRight className="step-arrow" size={14} aria-hidden="true" />
      </button>
      {open ? (
        <div className="step-body thought">
          <Markdown text={step.text} growing={step.growing} />
        </div>
      ) : null}
    </li>
  );
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0]?.replaceAll(/[*_#`]/g, "").slice(0, 140) ?? "";
}

function Call({ call, running }: { call: CallView; running: RunningTool | undefined }): ReactNode {
  const [open, setOpen] = useState(false);
  const line = toolLine(call);
  const Icon = TOOL_ICONS[line.kind];
  const failed = call.result?.is_error ?? running?.ended?.is_error ?? false;
  const done = call.result !== undefined || running?.ended !== undefined;
  return (
    <li className="step" data-open={open || undefined} data-failed={failed || undefined}>
      <button type="button" className="step-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        {failed ? <CircleAlert size={15} aria-hidden="true" /> : <Icon size={15} aria-hidden="true" />}
        <span className="step-verb">{done ? line.verb : line.doing}</span>
        <span className="step-target" title={line.target}>
          {line.target}
        </span>
        <span className="step-facts">
          {done ? <Outcome call={call} running={running} failed={failed} /> : <Running running={running} />}
        </span>
        <ChevronRight className="step-arrow" size={14} aria-hidden="true" />
      </button>
      {open ? <CallDetail call={call} running={running} /> : null}
    </li>
  );
}

function Outcome({ call, running, failed }: { call: CallView; running: RunningTool | undefined; failed: boolean }): ReactNode {
  const ms = call.result?.duration_ms ?? running?.ended?.duration_ms;
  const diff = failed ? undefined : diffOf(call);
  const size = diff === undefined ? undefined : diffSize(diff);
  return (
    <>
      {failed ? <span className="failed">failed</span> : null}
      {size && size.added > 0 ? <span className="added">+{size.added}</span> : null}
      {size && size.removed > 0 ? <span className="removed">−{size.removed}</span> : null}
      {ms === undefined || ms < 100 ? null : <span>{duration(ms)}</span>}
    </>
  );
}

function Running({ running }: { running: RunningTool | undefined }): ReactNode {
  const now = useNow(1_000);
  const ms = running ? now - running.started_at : 0;
  return (
    <>
      {ms >= 2_000 ? <span>{duration(ms)}</span> : null}
      <Spinner />
    </>
  );
}

function Spinner(): ReactNode {
  return <LoaderCircle className="spin" size={14} aria-label="running" />;
}
