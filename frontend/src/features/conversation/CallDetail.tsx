import { Copy } from "lucide-react";
import { useState, type ReactNode } from "react";
import { IconButton } from "../../ui/Button";
import type { RunningTool } from "./api";
import { Picture } from "./PartView";
import type { CallView } from "./rows";
import { diffOf, fields, toolLine } from "./tools";

/** Lines of output that are shown before a person asks for all of them. */
const FIRST_LINES = 60;

/** A call, opened: what went in, what came out, what changed. */
export function CallDetail({ call, running }: { call: CallView; running: RunningTool | undefined }): ReactNode {
  const diff = diffOf(call);
  const output = call.result?.output ?? running?.output ?? "";
  const { kind } = toolLine(call);
  const said = kind === "edit" || kind === "write";
  return (
    <div className="step-body">
      <Given call={call} hide={diff !== undefined} />
      {diff === undefined ? null : <Diff text={diff} />}
      {output && !(said && diff !== undefined && !call.result?.is_error) ? (
        <Text text={output} label="Output" end={kind === "run"} />
      ) : null}
      {(call.result?.media ?? []).map((media, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Picture key={index} media={media} />
      ))}
      {call.result && !output && diff === undefined && !call.result.media?.length ? <p className="quiet">No output.</p> : null}
    </div>
  );
}

function Given({ call, hide }: { call: CallView; hide: boolean }): ReactNode {
  const given = fields(call.input);
  const command = given["command"];
  if (call.writing !== undefined) return <Text text={call.writing} label="Arguments, being written" end />;
  if (typeof command === "string") return <Text text={command} label="Command" end={false} />;
  if (hide || Object.keys(given).length === 0) return null;
  return (
    <dl className="given">
      {Object.entries(given).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Text({ text, label, end }: { text: string; label: string; end: boolean }): ReactNode {
  const [all, setAll] = useState(false);
  const lines = text.replace(/\n$/, "").split("\n");
  const cut = lines.length > FIRST_LINES && !all;
  const shown = cut ? (end ? lines.slice(-FIRST_LINES) : lines.slice(0, FIRST_LINES)) : lines;
  const more = (
    <button type="button" className="link" onClick={() => setAll(true)}>
      Show {lines.length - FIRST_LINES} {end ? "earlier" : "more"} lines
    </button>
  );
  return (
    <figure className="output">
      <figcaption>
        <span>{label}</span>
        <IconButton label={`Copy ${label.toLowerCase()}`} onClick={() => void navigator.clipboard.writeText(text)}>
          <Copy size={13} />
        </IconButton>
      </figcaption>
      {cut && end ? more : null}
      {/* The block scrolls, so it must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="scroll" tabIndex={0} aria-label={label}>
        {shown.join("\n")}
      </pre>
      {cut && !end ? more : null}
    </figure>
  );
}

const SIGNS: Record<string, string> = { "+": "add", "-": "remove", "@": "place" };

function Diff({ text }: { text: string }): ReactNode {
  const [all, setAll] = useState(false);
  const lines = text.replace(/\n$/, "").split("\n");
  const shown = all ? lines : lines.slice(0, FIRST_LINES * 2);
  return (
    <figure className="output">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="scroll diff" tabIndex={0} aria-label="Change">
        {shown.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} data-sign={SIGNS[line.charAt(0)]}>
            {line || " "}
          </span>
        ))}
      </pre>
      {shown.length < lines.length ? (
        <button type="button" className="link" onClick={() => setAll(true)}>
          Show {lines.length - shown.length} more lines
        </button>
      ) : null}
    </figure>
  );
}
