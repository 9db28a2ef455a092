import { useState, type ReactNode } from "react";
import { Dialog } from "../../ui/Dialog";
import { useDemo } from "./api";

/** Says that the answers are scripted, and how to get real ones. */
export function DemoBanner(): ReactNode {
  const demo = useDemo();
  const [open, setOpen] = useState(false);
  if (!demo) return null;
  return (
    <aside className="demo" aria-label="Demo">
      <strong>Demo model: scripted answers</strong>
      <span>The agent and its tools are real; no provider is connected yet.</span>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        Connect a provider
      </button>
      {open ? <ConnectProvider close={() => setOpen(false)} /> : null}
    </aside>
  );
}

export function ConnectProvider({ close }: { close: () => void }): ReactNode {
  return (
    <Dialog title="Connect a provider" about="Any one of these; then start Oqto again." close={close}>
      <div className="connect">
        <section>
          <h3>With a key in the environment</h3>
          <p className="quiet">Set one before Oqto starts. Agents get provider keys, and not the rest of the environment.</p>
          <pre>{"export ANTHROPIC_API_KEY=…\nexport OPENAI_API_KEY=…\nexport GEMINI_API_KEY=…"}</pre>
        </section>
        <section>
          <h3>With Pi’s own login</h3>
          <p className="quiet">Subscriptions too. Start Pi in a terminal and log in there; Oqto uses the same login.</p>
          <pre>{"pi\n/login"}</pre>
        </section>
        <section>
          <h3>With models of your own</h3>
          <p className="quiet">Any OpenAI-compatible endpoint, in Pi’s model file.</p>
          <pre>~/.pi/agent/models.json</pre>
        </section>
        <p className="quiet">
          <code>oqtoctl doctor</code> says what is found and what is missing.
        </p>
      </div>
    </Dialog>
  );
}
