import type { ReactNode } from "react";

const ARMS = [0, 45, 90, 135, 180, 225, 270, 315];

/** The mark: one body, eight arms. */
export function Mark({ size = 20 }: { size?: number }): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round">
        {ARMS.map((angle) => (
          <path key={angle} d="M16 9.5 V4.2" transform={`rotate(${angle} 16 16)`} />
        ))}
      </g>
      <circle cx="16" cy="16" r="5.2" fill="currentColor" />
    </svg>
  );
}
