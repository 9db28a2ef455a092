import type { ComponentProps, ReactNode } from "react";

type Look = "plain" | "primary" | "quiet" | "danger";

export function Button({ look = "plain", ...rest }: { look?: Look } & ComponentProps<"button">): ReactNode {
  return <button type="button" {...rest} className={`button ${rest.className ?? ""}`} data-look={look} />;
}

/** A button that is only a picture; its label is its name and its tooltip. */
export function IconButton({
  label,
  children,
  ...rest
}: { label: string; children: ReactNode } & ComponentProps<"button">): ReactNode {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={`icon-button ${rest.className ?? ""}`}>
      {children}
    </button>
  );
}
