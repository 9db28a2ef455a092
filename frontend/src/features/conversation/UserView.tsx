import { Clock, Copy, CornerDownRight, GitFork, MoreHorizontal, RotateCcw, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button, IconButton } from "../../ui/Button";
import { Menu, type MenuItem } from "../../ui/Menu";
import { Trouble } from "../../ui/Trouble";
import { clockTime, exactTime } from "../../ui/words";
import { discardUnsent, retryUnsent, type Message, type Unsent } from "./api";
import { PartView } from "./PartView";
import type { Row } from "./rows";
import type { RowActions } from "./RowView";

export function textOf(message: Message): string {
  return message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** What a person said, set off by a soft block. */
export function UserView({ row, actions }: { row: Extract<Row, { kind: "user" }>; actions: RowActions }): ReactNode {
  const { message, seq } = row;
  const text = textOf(message);
  const items: MenuItem[] = [
    { id: "copy", title: "Copy", icon: <Copy size={15} />, run: () => void navigator.clipboard.writeText(text) },
  ];
  if (actions.can.fork) {
    items.push({ id: "fork", title: "Fork here", icon: <GitFork size={15} />, run: () => actions.fork(seq) });
  }
  if (actions.can.rewind) {
    const title = "Take back to here";
    items.push({ id: "rewind", title, icon: <Undo2 size={15} />, disabled: !actions.resting, run: () => actions.rewind(seq) });
  }
  return (
    <div className="said">
      <div className="said-body">
        {message.parts.map((part, index) =>
          // Parts of a message never change places.
          // oxlint-disable-next-line react/no-array-index-key
          part.type === "text" ? <p key={index}>{part.text}</p> : <PartView key={index} part={part} />,
        )}
      </div>
      <footer>
        <time title={exactTime(message.created_at)}>{clockTime(message.created_at)}</time>
        <Menu
          items={items}
          trigger={
            <IconButton label="Message actions">
              <MoreHorizontal size={16} />
            </IconButton>
          }
        />
      </footer>
    </div>
  );
}

/** What a person said and the log does not hold yet. */
export function UnsentView({ item, actions }: { item: Unsent; actions: RowActions }): ReactNode {
  const edit = (): void => {
    actions.edit(item.text);
    void discardUnsent(item.client_id);
  };
  return (
    <div className="said" data-unsent>
      <div className="said-body">
        <p>{item.text}</p>
        {item.images.map((image, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <PartView key={index} part={{ type: "image", media: { kind: "base64", ...image } }} />
        ))}
      </div>
      {item.error ? (
        <Trouble message={`Not sent: ${item.error.message}`} hint={item.error.hint}>
          <div className="said-choice">
            <Button onClick={() => retryUnsent(item.client_id)}>
              <RotateCcw size={14} aria-hidden="true" /> Try again
            </Button>
            <Button look="quiet" onClick={edit}>
              Edit
            </Button>
            <Button look="quiet" onClick={() => void discardUnsent(item.client_id)}>
              Discard
            </Button>
          </div>
        </Trouble>
      ) : (
        <footer>
          {item.cmd === "steer" ? <CornerDownRight size={13} aria-hidden="true" /> : <Clock size={13} aria-hidden="true" />}
          <span>{item.seq === undefined ? "Sending…" : "Sent"}</span>
        </footer>
      )}
    </div>
  );
}
