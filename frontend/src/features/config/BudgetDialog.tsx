import { useEffect, useId, useState, type FormEvent, type ReactNode } from "react";
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
        {trouble ? <Trouble message={`${trouble.message}.`} hint={trouble.hint} /> : null}
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
  const used = `${money(budget.spent_usd)} and ${compact(budget.spent_tokens)} tokens`;
  return raise ? `Used up: ${used} so far. With more the agent goes on.` : `Used so far: ${used}. That counts.`;
}

function isAtMost(budget: Budget): boolean {
  const usd = isUsedUp(budget.spent_usd, budget.usd) && budget.max_usd !== undefined && (budget.usd ?? 0) >= budget.max_usd;
  const tokens =
    isUsedUp(budget.spent_tokens, budget.tokens) && budget.max_tokens !== undefined && (budget.tokens ?? 0) >= budget.max_tokens;
  return usd || tokens;
}

function Limit({
  label,
  value,
  change,
  most,
}: {
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
