// Keys of the registered actions. While an input method composes, and in a field for keys without a modifier, none fires.
import { tinykeys } from "tinykeys";
import { actions, onActionsChange, type Action } from "./registry";

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);

/** Whether an input method is composing: then no key means what it says. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229 || event.key === "Process";
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

function handler(action: Action, chord: string): (event: KeyboardEvent) => void {
  const plain = !/\$mod|Alt|Control|Meta/.test(chord) && chord !== "Escape";
  return (event) => {
    if (event.defaultPrevented || composing(event) || (plain && typing(event.target))) return;
    if (document.querySelector("[role=dialog], [role=menu]") && chord === "Escape") return;
    if (!(action.when?.() ?? true)) return;
    event.preventDefault();
    action.run();
  };
}

/** Binds the keys; they follow the registry. Returns the undoing. */
export function bindKeys(): () => void {
  let undo = (): void => undefined;
  const bind = (): void => {
    undo();
    const map: Record<string, (event: KeyboardEvent) => void> = {};
    for (const action of actions()) for (const chord of action.keys ?? []) map[chord] = handler(action, chord);
    undo = tinykeys(window, map, { ignore: composing });
  };
  bind();
  const stop = onActionsChange(bind);
  return () => {
    stop();
    undo();
  };
}

/** A chord as people read it. */
export function keyWords(chord: string): string {
  return chord
    .replace("$mod", MAC ? "⌘" : "Ctrl")
    .replace("Shift", MAC ? "⇧" : "Shift")
    .replace("Alt", MAC ? "⌥" : "Alt")
    .replace("Escape", "Esc")
    .split("+")
    .map((part) => (part.length === 1 ? part.toUpperCase() : part))
    .join(MAC ? "" : "+");
}
