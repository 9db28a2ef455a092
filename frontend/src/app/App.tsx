import type { ReactNode } from "react";
import { Mark } from "../ui/Mark";
import { useClient } from "../protocol";
import { SignIn } from "../features/signin/SignIn";
import { Shell } from "./Shell";

/** The page: signed out, too old, or the workspace. */
export function App(): ReactNode {
  const status = useClient((state) => state.connection.status);
  switch (status) {
    case "signed_out":
      return <SignIn />;
    case "incompatible":
      return (
        <main className="full-page">
          <Mark size={40} />
          <h1>This page is older than the server</h1>
          <p>Load it again to get the one that belongs to it.</p>
          <button type="button" className="button" data-look="primary" onClick={() => location.reload()}>
            Load again
          </button>
        </main>
      );
    case "connecting":
    case "online":
    case "reconnecting":
      return <Shell />;
  }
}
