import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Trouble } from "../../ui/Trouble";
import {
  asWireError,
  create,
  models,
  runnerInfo,
  trust,
  trustOf,
  usable,
  useSessions,
  type ModelInfo,
  type RunnerDetails,
  type SessionId,
  type WireError,
} from "./api";

const RECENT = 8;

/** Asks for what a conversation needs: a folder, an agent and, if one likes, a model. */
export function NewSession({ close, show }: { close: () => void; show: (session: SessionId) => void }): ReactNode {
  const recent = useRecent();
  const [info, setInfo] = useState<RunnerDetails>();
  const [workspace, setWorkspace] = useState(recent[0] ?? "");
  const [harness, setHarness] = useState("");
  const [model, setModel] = useState("");
  const [trusted, setTrusted] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<WireError>();
  useEffect(() => {
    runnerInfo().then(
      (found) => {
        setInfo(found);
        setHarness((now) => now || (found.harnesses.find(usable) ?? found.harnesses[0])?.name || "");
        setWorkspace((now) => now || found.home);
      },
      (thrown: unknown) => setTrouble(asWireError(thrown)),
    );
  }, []);
  const folder = useRef<HTMLInputElement>(null);
  // A folder that is only suggested goes with the first letter that is typed.
  useEffect(() => {
    if (info && folder.current?.value === info.home && document.activeElement === folder.current) folder.current.select();
  }, [info]);
  const place = useDelayed(workspace.trim(), 400);
  const offered = useModels(harness, place);
  const ask = useTrust(place);
  const chosen = info?.harnesses.find((one) => one.name === harness);
  const id = useId();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setTrouble(undefined);
    try {
      if (trusted !== undefined && ask) await trust(workspace.trim(), trusted);
      const session = await create({ harness, workspace: workspace.trim(), ...(model ? { model } : {}) });
      close();
      show(session.id);
    } catch (thrown) {
      setTrouble(asWireError(thrown));
      setBusy(false);
    }
  };

  return (
    <Dialog title="New conversation" about="One agent, at work in one folder." close={close}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={`${id}w`}>Folder</label>
          <input
            ref={folder}
            id={`${id}w`}
            className="input"
            list={`${id}recent`}
            required
            autoComplete="off"
            spellCheck={false}
            value={workspace}
            placeholder={info?.home ?? "/path/of/a/folder"}
            onChange={(event) => setWorkspace(event.target.value)}
          />
          <datalist id={`${id}recent`}>
            {[...new Set([...recent, ...(info ? [info.home] : [])])].map((path) => (
              <option key={path} value={path}>
                {path}
              </option>
            ))}
          </datalist>
          <small>On {info?.name ?? "the runner"}. The agent reads and writes there.</small>
        </div>
        <div className="field">
          <label htmlFor={`${id}h`}>Agent</label>
          <select id={`${id}h`} className="input" value={harness} onChange={(event) => setHarness(event.target.value)}>
            {(info?.harnesses ?? []).map((one) => (
              <option key={one.name} value={one.name}>
                {[one.name, one.version].filter(Boolean).join(" ")}
                {usable(one) ? "" : " (not ready)"}
              </option>
            ))}
          </select>
          {chosen?.problem ? <Trouble message={chosen.problem.message} hint={chosen.problem.hint} /> : null}
        </div>
        <div className="field">
          <label htmlFor={`${id}m`}>Model</label>
          <input
            id={`${id}m`}
            className="input"
            list={`${id}models`}
            value={model}
            autoComplete="off"
            spellCheck={false}
            placeholder={offered.length > 0 ? `The agent's own choice, or one of ${offered.length}` : "The agent's own choice"}
            onChange={(event) => setModel(event.target.value)}
          />
          <datalist id={`${id}models`}>
            {offered.map((one) => (
              <option key={`${one.provider}/${one.id}`} value={`${one.provider}/${one.id}`}>
                {one.name}
              </option>
            ))}
          </datalist>
        </div>
        {ask ? (
          <label className="check">
            <input type="checkbox" checked={trusted ?? false} onChange={(event) => setTrusted(event.target.checked)} />
            <span>Load this folder’s own extensions and prompts. They run as you: only for folders whose authors you trust.</span>
          </label>
        ) : null}
        {trouble ? <Trouble message={trouble.message} hint={trouble.hint} /> : null}
        <footer>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={busy || !harness}>
            {busy ? "Starting…" : "Start"}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Folders of the sessions there are, the most recent first. */
function useRecent(): string[] {
  const sessions = [...(useSessions()?.values() ?? [])].sort((a, b) => b.updated_at - a.updated_at);
  return [...new Set(sessions.map((row) => row.workspace))].slice(0, RECENT);
}

function useDelayed<T>(value: T, ms: number): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return late;
}

function useModels(harness: string, workspace: string): readonly ModelInfo[] {
  const [found, setFound] = useState<readonly ModelInfo[]>([]);
  useEffect(() => {
    if (!harness) return;
    let here = true;
    models(harness, workspace).then(
      (reply) => (here ? setFound(reply.models) : undefined),
      () => (here ? setFound([]) : undefined),
    );
    return () => {
      here = false;
    };
  }, [harness, workspace]);
  return found;
}

/** Whether nobody has said yet if the folder's own files may be loaded, and there are some. */
function useTrust(workspace: string): boolean {
  const [ask, setAsk] = useState(false);
  useEffect(() => {
    let here = true;
    setAsk(false);
    if (!workspace.startsWith("/")) return;
    trustOf(workspace).then(
      (reply) => (here ? setAsk(reply.has_project_files && reply.trusted === undefined) : undefined),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [workspace]);
  return ask;
}
