import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { slashCommands, type CommandInfo, type SessionId, type Snapshot } from "./api";

const MOST = 8;
const LIST = "slash-commands";

export type SlashState = {
  open: boolean;
  found: readonly CommandInfo[];
  chosen: number;
  pick: (command: CommandInfo) => void;
  /** Whether the key was for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  aria: Record<string, string | boolean | undefined>;
};

/** Completion of slash commands: a combobox whose list is the commands of the harness. */
export function useSlash(session: SessionId, snapshot: Snapshot, text: string, fill: (text: string) => void): SlashState {
  const typed = /^\/(\S*)$/.exec(text)?.[1];
  const wanted = typed !== undefined && snapshot.capabilities.includes("commands");
  const [all, setAll] = useState<readonly CommandInfo[]>();
  const [place, setPlace] = useState(0);
  const [closed, setClosed] = useState<string>();
  useEffect(() => {
    if (!wanted || all) return;
    void slashCommands(session).then(setAll, () => undefined);
  }, [wanted, all, session]);
  const found = useMemo(() => {
    const part = typed?.toLowerCase() ?? "";
    return (all ?? []).filter((command) => command.name.toLowerCase().includes(part)).slice(0, MOST);
  }, [all, typed]);
  const open = wanted && found.length > 0 && closed !== text;
  const chosen = Math.min(place, found.length - 1);
  const pick = (command: CommandInfo): void => fill(`/${command.name} `);
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const moves: Record<string, () => void> = {
      ArrowDown: () => setPlace((chosen + 1) % found.length),
      ArrowUp: () => setPlace((chosen + found.length - 1) % found.length),
      Tab: () => choose(found[chosen]),
      // A name that is complete is sent, not completed.
      ...(found[chosen]?.name === typed ? {} : { Enter: () => choose(found[chosen]) }),
      Escape: () => setClosed(text),
    };
    const move = event.shiftKey ? undefined : moves[event.key];
    if (!move) return false;
    event.preventDefault();
    event.stopPropagation();
    move();
    return true;
  };
  const choose = (command: CommandInfo | undefined): void => {
    if (command) pick(command);
  };
  const aria = wanted
    ? {
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": open,
        "aria-controls": open ? LIST : undefined,
        "aria-activedescendant": open ? `${LIST}-${chosen}` : undefined,
      }
    : {};
  return { open, found, chosen, pick, onKeyDown, aria };
}

export function Slash({ slash }: { slash: SlashState }): ReactNode {
  if (!slash.open) return null;
  return (
    <ul id={LIST} className="slash menu" role="listbox" aria-label="Commands">
      {slash.found.map((command, index) => (
        // The field keeps the focus and handles the keys.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={command.name}
          id={`${LIST}-${index}`}
          role="option"
          className="menu-item"
          aria-selected={index === slash.chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => slash.pick(command)}
        >
          <code>/{command.name}</code>
          <span className="slash-about">{command.description}</span>
        </li>
      ))}
    </ul>
  );
}
