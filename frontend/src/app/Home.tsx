import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { Mark } from "../ui/Mark";
import { useClient } from "../protocol";
import { useTab } from "./presence";

/** No conversation is open. */
export function Home({ create }: { create: () => void }): ReactNode {
  useTab("");
  const any = useClient((state) => (state.sessions?.size ?? 0) > 0);
  const known = useClient((state) => state.sessions !== undefined);
  if (!known) return <div className="home" />;
  return (
    <div className="home">
      <Mark size={56} />
      <h1>{any ? "Pick up where you left off" : "Put an agent to work"}</h1>
      <p>
        {any
          ? "Conversations go on while you are away. Choose one from the list, or begin another."
          : "Choose a folder and say what you want. The agent reads, edits and runs commands there; you see every step."}
      </p>
      <Button look="primary" onClick={create}>
        <Plus size={16} aria-hidden="true" /> New conversation
      </Button>
    </div>
  );
}
