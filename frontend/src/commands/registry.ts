// One registry of everything a person can do: it feeds keys, menus and the palette.
import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export type Action = {
  id: string;
  title: string;
  /** Where it stands in the palette. */
  group: "Conversation" | "Go to" | "View" | "Help";
  /** In tinykeys' writing, for example `$mod+k`. The first one is shown. */
  keys?: readonly string[];
  /** Whether it makes sense now; absent: always. */
  when?: () => boolean;
  run: () => void;
};

type Registry = { actions: ReadonlyMap<string, Action> };

const registry = createStore<Registry>(() => ({ actions: new Map() }));

export const actions = (): readonly Action[] => [...registry.getState().actions.values()];

/** What can be done now. */
export const possible = (): readonly Action[] => actions().filter((action) => action.when?.() ?? true);

export function useRegistered(): readonly Action[] {
  const all = useStore(registry, (state) => state.actions);
  return [...all.values()];
}

export function onActionsChange(listener: () => void): () => void {
  return registry.subscribe(listener);
}

/** Actions that exist while the component does. The same list must come back as long as nothing in it changes. */
export function useActions(list: readonly Action[]): void {
  useEffect(() => {
    registry.setState(({ actions }) => {
      const next = new Map(actions);
      for (const action of list) next.set(action.id, action);
      return { actions: next };
    });
    return () =>
      registry.setState(({ actions }) => {
        const next = new Map(actions);
        for (const action of list) if (next.get(action.id) === action) next.delete(action.id);
        return { actions: next };
      });
  }, [list]);
}

/** Does an action by its id; nothing when it makes no sense now. */
export function perform(id: string): void {
  const action = registry.getState().actions.get(id);
  if (action && (action.when?.() ?? true)) action.run();
}
