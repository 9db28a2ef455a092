import type { ReactNode } from "react";

/** What went wrong, and what to do about it. */
export function Trouble({
  message,
  hint,
  children,
}: {
  message: string;
  hint?: string | undefined;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="trouble" role="alert">
      <span>{message}</span>
      {hint ? <code>{hint}</code> : null}
      {children}
    </div>
  );
}
