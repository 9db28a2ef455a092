import { Cpu, Gauge, GitFork, MoreHorizontal, Pencil, Play, Power, Scissors, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { keyWords } from "../commands/keys";
import { perform, useRegistered } from "../commands/registry";
import { Button, IconButton } from "../ui/Button";
import { Menu, type MenuItem } from "../ui/Menu";
import type { Snapshot } from "../protocol";
import type { SessionOverlay } from "./sessionActions";

const ICONS: Record<string, ReactNode> = {
  rename: <Pencil size={15} />,
  model: <Cpu size={15} />,
  budget: <Gauge size={15} />,
  compact: <Scissors size={15} />,
  fork: <GitFork size={15} />,
  stop: <Power size={15} />,
  resume: <Play size={15} />,
  delete: <Trash2 size={15} />,
};
const ORDER = ["rename", "model", "budget", "compact", "fork", "stop", "resume", "delete"];

/** The model's button and the menu of a conversation, from the registry of actions. */
export function SessionMenu({ snapshot, open }: { snapshot: Snapshot; open: (overlay: SessionOverlay) => void }): ReactNode {
  const known = useRegistered();
  const items = ORDER.flatMap((id): MenuItem[] => {
    const action = known.find((one) => one.id === id);
    if (!action || !(action.when?.() ?? true)) return [];
    const [chord] = action.keys ?? [];
    const item: MenuItem = {
      id,
      title: action.title,
      icon: ICONS[id],
      ...(chord ? { keys: keyWords(chord) } : {}),
      ...(id === "delete" ? { look: "danger" as const } : {}),
      run: () => perform(id),
    };
    return id === "delete" ? [{ kind: "line", id: "line" }, item] : [item];
  });
  return (
    <>
      {snapshot.capabilities.includes("models") ? (
        <Button look="quiet" className="model-button" title="Model and thinking" onClick={() => open("model")}>
          <Cpu size={15} aria-hidden="true" />
          <span>{snapshot.model ?? "Model"}</span>
          {snapshot.thinking && snapshot.thinking !== "off" ? <small>{snapshot.thinking}</small> : null}
        </Button>
      ) : null}
      <Menu
        items={items}
        trigger={
          <IconButton label="Conversation menu">
            <MoreHorizontal size={18} />
          </IconButton>
        }
      />
    </>
  );
}
