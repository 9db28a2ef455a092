// What the page says beyond its own area: title and icon of the tab, and a polite word for screen readers.
import { useEffect, useRef, useState } from "react";
import { useClient, type PageState } from "../protocol";

type Badge = "" | "working" | "attention";

function badgeOf(state: PageState): Badge {
  const rows = [...(state.sessions?.values() ?? [])];
  if (rows.some((row) => row.open_inputs > 0 || row.state === "waiting")) return "attention";
  return rows.some((row) => row.state === "working" || row.state === "starting") ? "working" : "";
}

function waiting(state: PageState): number {
  return [...(state.sessions?.values() ?? [])].reduce((sum, row) => sum + row.open_inputs, 0);
}

/** Keeps the title and the icon of the tab true. */
export function useTab(title: string): void {
  const badge = useClient(badgeOf);
  const questions = useClient(waiting);
  useEffect(() => {
    const mark = questions > 0 ? `(${questions}) ` : badge === "working" ? "● " : "";
    document.title = `${mark}${title ? `${title} – ` : ""}Oqto`;
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    const href = `./favicon${badge ? `-${badge}` : ""}.svg`;
    if (icon && icon.getAttribute("href") !== href) icon.setAttribute("href", href);
  }, [title, badge, questions]);
}

/** One sentence when something begins, ends or needs the person; never the text that streams. */
export function useAnnouncement(state: string | undefined, question: string | undefined): string {
  const [said, say] = useState("");
  const before = useRef(state);
  useEffect(() => {
    const was = before.current;
    before.current = state;
    if (question !== undefined) say(`The agent asks: ${question}`);
    else if (state === "working" && was !== "working" && was !== undefined) say("The agent works");
    else if (state === "idle" && (was === "working" || was === "waiting")) say("The agent has finished");
    else if (state === "failed" && was !== undefined && was !== "failed") say("The agent's process has failed");
  }, [state, question]);
  return said;
}
