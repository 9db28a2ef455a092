import { Check } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { Dialog } from "../../ui/Dialog";
import { Trouble } from "../../ui/Trouble";
import { compact, providerName } from "../../ui/words";
import { asWireError, modelsOf, setModel, setThinking, useSnapshot, type ModelInfo, type Models, type SessionId, type WireTrouble } from "./api";
import { StatsLine } from "./StatsLine";
import "./config.css";

const MOST = 60;

/** Chooses model and thinking level of one conversation; others keep theirs. */
export function ModelPicker({ session, close }: { session: SessionId; close: () => void }): ReactNode {
  const snapshot = useSnapshot(session);
  const [offered, setOffered] = useState<Models>();
  const [query, setQuery] = useState("");
  const [trouble, setTrouble] = useState<WireTrouble>();
  useEffect(() => {
    modelsOf(session).then(setOffered, (thrown: unknown) => setTrouble(asWireError(thrown)));
  }, [session]);
  const attempt = (work: Promise<unknown>, done: () => void): void => {
    work.then(done, (thrown: unknown) => setTrouble(asWireError(thrown)));
  };
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (offered?.models ?? []).filter((model) => {
    const text = `${model.name} ${model.provider} ${model.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const levels = snapshot?.capabilities.includes("thinking") ? (offered?.thinking_levels ?? []) : [];
  return (
    <Dialog title="Model and thinking" about="For this conversation only." close={close}>
      {trouble ? <Trouble message={trouble.message} hint={trouble.hint} /> : null}
      {levels.length > 0 ? (
        <fieldset className="levels">
          <legend>Thinking</legend>
          {levels.map((level) => (
            <label key={level}>
              <input
                type="radio"
                name="thinking"
                checked={snapshot?.thinking === level}
                onChange={() => attempt(setThinking(session, level), () => setTrouble(undefined))}
              />
              <span>{level}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <input
        className="input"
        type="search"
        placeholder="Search models"
        aria-label="Search models"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul role="list" className="models scroll">
        {found.slice(0, MOST).map((model) => (
          <li key={`${model.provider}/${model.id}`}>
            <Choice
              model={model}
              chosen={snapshot?.model === model.id && snapshot.provider === model.provider}
              choose={() => attempt(setModel(session, model.provider, model.id), close)}
            />
          </li>
        ))}
        {found.length > MOST ? <li className="quiet">and {found.length - MOST} more: search to narrow</li> : null}
        {offered && found.length === 0 ? <li className="quiet">No model matches.</li> : null}
      </ul>
      <p className="quiet">
        <StatsLine session={session} />
      </p>
    </Dialog>
  );
}

function Choice({ model, chosen, choose }: { model: ModelInfo; chosen: boolean; choose: () => void }): ReactNode {
  const facts = [
    providerName(model.provider),
    model.context_window ? `${compact(model.context_window)} context` : "",
    model.reasoning ? "thinks" : "",
    model.images ? "pictures" : "",
  ];
  return (
    <button type="button" className="model" aria-pressed={chosen} onClick={choose}>
      <span className="model-name">{model.name}</span>
      {chosen ? <Check size={16} aria-hidden="true" /> : null}
      <span className="model-facts">{facts.filter(Boolean).join(" · ")}</span>
    </button>
  );
}
