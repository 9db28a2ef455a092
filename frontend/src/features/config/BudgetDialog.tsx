import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode, type Ref } from "react";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Trouble } from "../../ui/Trouble";
import { compact, money } from "../../ui/words";
import { asWireError, budgetOf, setBudget, type Budget, type SessionId, type WireTrouble } from "./api";
import { asked, isUsedUp, suggested, type Fields } from "./budget";

/** Raises, lowers or removes the budget of one conversation. With `goOn` it was used up, and the agent goes on. */
export function BudgetDialog({ session, goOn, close }: { session: SessionId; goOn?: (() => void) | undefined; close: () => void }): ReactNode {
  const [budget, setKnown] = useState<Budget>();
  const [fields, setFields] = useState<Fields>({ usd: "", tokens: "" });
  const [trouble, setTrouble] = useState<WireTrouble>();
  const [busy, setBusy] = useState(false);
  const raise = goOn !== undefined;
  const dollars = useRef<HTMLInputElement>(null);
  // The field comes with the answer; whoever has gone elsewhere meanwhile is left there.
  useEffect(() => {
    const { activeElement } = document;
    if (budget && !(activeElement instanceof HTMLInputElement)) dollars.current?.select();
  }, [budget]);
  useEffect(() => {
    budgetOf(session).then(
      (found) => {
        setKnown(found);
        setFields(suggested(found, raise));
      },
      (thrown: unknown) => setTrouble(asWireError(thrown)),
    );
  }, [session, raise]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!budget) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      const change = asked(budget, fields);
      if (change) await setBudget(session, change);
      close();
      goOn?.();
    } catch (thrown) {
      setTrouble(asWireError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog title="Budget of this conversation" about={about(budget, raise)} close={close}>
      <form onSubmit={(event) => void submit(event)}>
        {budget ? (
          <>
            <Limit
              field={dollars}
              label="US dollars"
              value={fields.usd}
              change={(usd) => setFields({ ...fields, usd })}
              most={budget.max_usd === undefined ? undefined : money(budget.max_usd)}
            />
            <Limit
              label="Tokens, read and written"
              value={fields.tokens}
              change={(tokens) => setFields({ ...fields, tokens })}
              most={budget.max_tokens === undefined ? undefined : `${budget.max_tokens} tokens`}
            />
          </>
        ) : null}
        {budget && raise && isAtMost(budget) ? (
          <Trouble
            message="It is as large as this runner allows. Whoever looks after the runner can raise the maximum."
            hint="budget_max_usd and budget_max_tokens under [gateway] in runner.toml"
          />
        ) : null}
        {trouble ? <Trouble message={sentence(trouble.message)} hint={trouble.hint} /> : null}
        <footer>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={busy || !budget}>
            {raise ? "Raise and go on" : "Save"}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function about(budget: Budget | undefined, raise: boolean): string {
  if (!budget) return "Asking the model gateway…";
  const of = (limit: string | undefined): string => (raise && limit !== undefined ? ` of ${limit}` : "");
  const usd = `${money(budget.spent_usd)}${of(budget.usd === undefined ? undefined : money(budget.usd))}`;
  const tokens = `${compact(budget.spent_tokens)}${of(budget.tokens === undefined ? undefined : compact(budget.tokens))} tokens`;
  const used = `${usd} and ${tokens} so far`;
  return raise ? `Used: ${used}. Too little is left for the next step.` : `Used: ${used}, which count.`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

function isAtMost(budget: Budget): boolean {
  const usd = isUsedUp(budget.spent_usd, budget.usd) && budget.max_usd !== undefined && (budget.usd ?? 0) >= budget.max_usd;
  const tokens =
    isUsedUp(budget.spent_tokens, budget.tokens) && budget.max_tokens !== undefined && (budget.tokens ?? 0) >= budget.max_tokens;
  return usd || tokens;
}

function Limit({
  field,
  label,
  value,
  change,
  most,
}: {
  field?: Ref<HTMLInputElement>;
  label: string;
  value: string;
  change: (value: string) => void;
  most: string | undefined;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        className="input"
        inputMode="decimal"
        autoComplete="off"
        placeholder={most === undefined ? "No limit" : `At most ${most}`}
        aria-describedby={`${id}most`}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
      <small id={`${id}most`}>{most === undefined ? "Leave it empty for no limit." : `At most ${most} on this runner.`}</small>
    </div>
  );
}
