import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** Whoever has the keyboard already, because the dialog led there, keeps it. */
function keepFocus(event: Event): void {
  const { activeElement } = document;
  if (activeElement && activeElement !== document.body) event.preventDefault();
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
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-shade" />
        <Radix.Content className={`dialog scroll ${className}`} onCloseAutoFocus={keepFocus} {...(about ? {} : { "aria-describedby": undefined })}>
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
