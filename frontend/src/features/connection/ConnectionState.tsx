import { Cable, CloudOff, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { useNow } from "../../ui/clock";
import { plural } from "../../ui/words";
import { connectNow, useConnection, useLost, useUnsent } from "./api";
import "./connection.css";

/** Losses shorter than this are mended before anybody needs to know, in milliseconds. */
const CALM = 1_200;

/** A strip that says so when the connection is away; nothing that was typed or sent is lost meanwhile. */
export function ConnectionStrip(): ReactNode {
  const connection = useConnection();
  const lost = useLost();
  const unsent = useUnsent();
  const now = useNow(500);
  if (connection.status === "reconnecting" && now - connection.since > CALM) {
    const seconds = connection.at === undefined ? 0 : Math.ceil((connection.at - now) / 1_000);
    return (
      <div className="strip" role="status">
        <CloudOff size={15} aria-hidden="true" />
        <span>
          Reconnecting. Agents go on working{unsent > 0 ? `; ${plural(unsent, "message")} will be sent` : ""}.
        </span>
        {seconds > 1 ? (
          <button type="button" className="link" onClick={connectNow}>
            Try now ({seconds} s)
          </button>
        ) : null}
      </div>
    );
  }
  if (lost.length > 0) {
    return (
      <div className="strip" role="status">
        <Unplug size={15} aria-hidden="true" />
        <span>{lost.join(", ")} cannot be reached. It is tried again; its agents go on working.</span>
      </div>
    );
  }
  return null;
}

/** The state in one word, for the status bar. */
export function ConnectionWord(): ReactNode {
  const connection = useConnection();
  const up = connection.status === "online";
  return (
    <span className="connection-word" data-up={up || undefined}>
      {up ? <Cable size={13} aria-hidden="true" /> : <CloudOff size={13} aria-hidden="true" />}
      {up ? "Connected" : connection.status === "connecting" ? "Connecting" : "Reconnecting"}
    </span>
  );
}
