import { Dialog as Radix } from "radix-ui";
import { useState, type ReactNode } from "react";

let opener: HTMLElement | null = null;

/** Remembers who had the keyboard before a dialog: of a menu its button, of a dialog that led to another the first one's. */
function remember(): void {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active.closest("[role=dialog]")) return;
  const menu = active.closest("[role=menu]");
  opener = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : active;
}

/** Gives the keyboard back, unless the dialog led to where somebody has it already. */
function giveBack(event: Event): void {
  event.preventDefault();
  const { activeElement } = document;
  if (activeElement && activeElement !== document.body) return;
  (opener?.isConnected ? opener : document.getElementById("main"))?.focus();
}

/** A dialog in the middle of the page; on a phone a sheet at its bottom. */
export function Dialog({
  title,
  about,
  close,
  children,
  className = "",
}: {
  title: string;
  about?: ReactNode;
  close: () => void;
  children: ReactNode;
  className?: string;
}): ReactNode {
  useState(remember);
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-shade" />
        <Radix.Content className={`dialog scroll ${className}`} onCloseAutoFocus={giveBack} {...(about ? {} : { "aria-describedby": undefined })}>
          <header>
            <Radix.Title asChild>
              <h2>{title}</h2>
            </Radix.Title>
            {about ? (
              <Radix.Description asChild>
                <p>{about}</p>
              </Radix.Description>
            ) : null}
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
