import type { ReactNode } from "react";

const ARMS = [0, 45, 90, 135, 180, 225, 270, 315];

/** The mark: one body, eight arms that turn. */
export function Mark({ size = 20 }: { size?: number }): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round">
        {ARMS.map((angle) => (
          <path key={angle} d="M16 8.6 C15.2 6 16.4 3.4 19.6 3" transform={`rotate(${angle} 16 16)`} />
        ))}
      </g>
      <circle cx="16" cy="16" r="5.6" fill="none" stroke="currentColor" strokeWidth="4" />
    </svg>
  );
}
