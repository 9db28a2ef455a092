import { useNow } from "../ui/clock";
import type { ReactNode } from "react";
import type { Notice } from "../protocol";

/** How long a passing notice stays, in milliseconds. */
const STAYS = 8_000;

/** Passing notices of the agent's extensions. */
export function Notices({ notices }: { notices: readonly Notice[] }): ReactNode {
  const now = useNow(1_000);
  const fresh = notices.filter((notice) => now - notice.at < STAYS);
  return (
    <div className="notices" role="status">
      {fresh.map((notice) => (
        <p key={notice.key} data-level={notice.notify.level}>
          {notice.notify.level === "info" ? "" : `${notice.notify.level}: `}
          {notice.notify.message}
        </p>
      ))}
    </div>
  );
}
