import { useState, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Trouble } from "../../ui/Trouble";
import { asWireError, remove, rename, type SessionInfo, type WireError } from "./api";
import { titleOf } from "./SessionList";

export function Rename({ row, close }: { row: SessionInfo; close: () => void }): ReactNode {
  const [title, setTitle] = useState(row.title);
  const { trouble, attempt } = useAttempt(close);
  return (
    <Dialog title="Rename" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          attempt(rename(row.id, title.trim()));
        }}
      >
        <input
          className="input"
          aria-label="Title"
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        {trouble ? <Trouble message={trouble.message} hint={trouble.hint} /> : null}
        <footer>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit">
            Rename
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Deleting cannot be undone, so it says what goes. */
export function Delete({ row, close, gone }: { row: SessionInfo; close: () => void; gone: () => void }): ReactNode {
  const { trouble, attempt } = useAttempt(() => {
    close();
    gone();
  });
  const working = row.state === "working" || row.state === "waiting";
  return (
    <Dialog
      title="Delete this conversation?"
      about={`“${titleOf(row)}” and its ${row.head} entries go for good. Files in ${row.workspace} stay.`}
      close={close}
    >
      {working ? <Trouble message="The agent is at work. Deleting ends it." /> : null}
      {trouble ? <Trouble message={trouble.message} hint={trouble.hint} /> : null}
      <footer>
        <Button look="quiet" onClick={close}>
          Keep it
        </Button>
        <Button look="danger" onClick={() => attempt(remove(row.id))}>
          Delete
        </Button>
      </footer>
    </Dialog>
  );
}

function useAttempt(done: () => void): { trouble: WireError | undefined; attempt: (work: Promise<unknown>) => void } {
  const [trouble, setTrouble] = useState<WireError>();
  const attempt = (work: Promise<unknown>): void => {
    work.then(done, (thrown: unknown) => setTrouble(asWireError(thrown)));
  };
  return { trouble, attempt };
}
