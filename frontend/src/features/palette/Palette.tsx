import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { keyWords } from "../../commands/keys";
import { possible, type Action } from "../../commands/registry";
import { Dialog } from "../../ui/Dialog";
import { baseName } from "../../ui/words";
import { useRows, type SessionId } from "./api";
import "./palette.css";

type Choice = { id: string; title: string; about: string; keys?: string | undefined; run: () => void };

const MOST_SESSIONS = 6;

/** Everything that can be done now, and every conversation, by typing a part of its name. */
export function Palette({ close, show }: { close: () => void; show: (session: SessionId) => void }): ReactNode {
  const [query, setQuery] = useState("");
  const [place, setPlace] = useState(0);
  const rows = useRows();
  const actions = useMemo(() => possible().filter((action) => action.id !== "palette"), []);
  const id = useId();
  const all: Choice[] = [
    ...actions.map(choiceOf),
    ...rows.map((row) => ({
      id: row.id,
      title: row.title || `New in ${baseName(row.workspace)}`,
      about: `Conversation · ${baseName(row.workspace)}`,
      run: () => show(row.id),
    })),
  ];
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((choice) => words.every((word) => `${choice.title} ${choice.about}`.toLowerCase().includes(word)));
  const shown = words.length > 0 ? found : found.slice(0, actions.length + MOST_SESSIONS);
  const chosen = Math.min(place, Math.max(0, shown.length - 1));
  const take = (choice: Choice | undefined): void => {
    if (!choice) return;
    close();
    // The dialog gives the focus back first.
    setTimeout(choice.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => setPlace((chosen + 1) % Math.max(1, shown.length)),
      ArrowUp: () => setPlace((chosen + shown.length - 1) % Math.max(1, shown.length)),
      Enter: () => take(shown[chosen]),
    };
    const move = event.nativeEvent.isComposing ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <Dialog title="Commands" close={close} className="palette">
      <input
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={shown[chosen] ? `${id}${chosen}` : undefined}
        aria-label="Command or conversation"
        placeholder="Command or conversation"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}list`} role="listbox" aria-label="Commands" className="scroll">
        {shown.map((choice, index) => (
          // The field keeps the focus and handles the keys.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={choice.id}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === chosen}
            className="menu-item"
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => take(choice)}
          >
            <span className="palette-title">{choice.title}</span>
            <span className="palette-about">{choice.about}</span>
            {choice.keys ? <kbd>{choice.keys}</kbd> : null}
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className="quiet">Nothing matches “{query}”.</p> : null}
    </Dialog>
  );
}

function choiceOf(action: Action): Choice {
  const [chord] = action.keys ?? [];
  return { id: action.id, title: action.title, about: action.group, keys: chord ? keyWords(chord) : undefined, run: action.run };
}
