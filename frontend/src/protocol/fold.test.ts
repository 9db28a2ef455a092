import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { applyEntry, applyLive } from "./fold";
import { parseFrame } from "./frames";
import { LIVE_EVENTS, LOG_EVENTS, type Snapshot } from "./generated/protocol";

const story = readFileSync(resolve(import.meta.dirname, "../../../tests/transcripts/fold-golden.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { frame?: { event: string }; snapshot?: Snapshot });

describe("the fold", () => {
  it("comes to the snapshots that Rust came to, after every frame", () => {
    let fold = story[0]?.snapshot;
    if (!fold) throw new Error("the story begins with a snapshot");
    for (const line of story.slice(1)) {
      if (line.frame) {
        const frame = parseFrame(JSON.stringify(line.frame));
        if (frame.kind === "entry") fold = applyEntry(fold, frame.entry);
        else if (frame.kind === "live") fold = applyLive(fold, frame.live);
        else expect(frame.kind).toBe("unknown");
      } else {
        // Absent and undefined are the same on the wire.
        expect(JSON.parse(JSON.stringify(fold)), `after ${story.indexOf(line)}`).toEqual(line.snapshot);
      }
    }
  });

  it("is told a story that has every event", () => {
    const told = new Set(story.map((line) => line.frame?.event));
    for (const name of [...LOG_EVENTS, ...LIVE_EVENTS]) expect(told, name).toContain(name);
  });

  it("keeps the identity of what a delta does not change", () => {
    const all = story.flatMap((line) => (line.snapshot?.streaming ? [line.snapshot] : []));
    const before = all[0];
    if (!before?.streaming) throw new Error("the story streams");
    const { message_id } = before.streaming;
    const data = { message_id, part: 0, offset: 0, delta: "x" };
    const after = applyLive(before, { ts: 1, event: "stream.text_delta", data });
    expect(after.queue).toBe(before.queue);
    expect(after.streaming?.parts[0]?.text.endsWith("x")).toBe(true);
  });
});
