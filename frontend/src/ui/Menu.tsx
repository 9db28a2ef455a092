import { DropdownMenu } from "radix-ui";
import { Fragment, type ReactNode } from "react";

export type MenuItem =
  | {
      kind?: "item";
      id: string;
      title: string;
      icon?: ReactNode;
      keys?: string;
      look?: "plain" | "danger";
      disabled?: boolean;
      run: () => void;
    }
  | { kind: "line"; id: string }
  | { kind: "label"; id: string; title: string };

/** A menu that hangs on a button. */
export function Menu({
  trigger,
  items,
  align = "end",
}: {
  trigger: ReactNode;
  items: readonly MenuItem[];
  align?: "start" | "end";
}): ReactNode {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {items.map((item) => (
            <Fragment key={item.id}>{drawn(item)}</Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function drawn(item: MenuItem): ReactNode {
  if (item.kind === "line") return <DropdownMenu.Separator className="menu-line" />;
  if (item.kind === "label") return <DropdownMenu.Label className="menu-label">{item.title}</DropdownMenu.Label>;
  return (
    <DropdownMenu.Item
      className="menu-item"
      data-look={item.look ?? "plain"}
      disabled={item.disabled ?? false}
      onSelect={item.run}
    >
      {item.icon}
      <span>{item.title}</span>
      {item.keys ? <kbd>{item.keys}</kbd> : null}
    </DropdownMenu.Item>
  );
}
