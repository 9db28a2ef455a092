// Keeps the layers of src: ui <- features <- app, and only a feature's `api` touches `protocol`.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../src");

/** What a file of each layer may import, by the first folder of the imported path. */
const ALLOWED = {
  protocol: ["protocol"],
  ui: ["ui"],
  commands: ["commands"],
  features: ["features", "ui", "commands"],
  app: ["app", "features", "ui", "commands", "protocol"],
};

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Why `from` may not import `to`, or nothing. Both are paths relative to src. */
export function broken(from, to) {
  const layer = from.split("/")[0];
  const target = to.split("/")[0];
  const allowed = ALLOWED[layer];
  if (!allowed) return undefined;
  if (layer === "features" && target === "protocol") {
    return /^features\/[^/]+\/api(\.test)?$/.test(from.replace(/\.tsx?$/, ""))
      ? undefined
      : "only a feature's api may import protocol";
  }
  if (layer === "features" && target === "features") {
    const [mine, theirs] = [from.split("/")[1], to.split("/")[1]];
    return mine === theirs || /^features\/[^/]+\/api$/.test(to)
      ? undefined
      : "a feature may import another one's api only";
  }
  return allowed.includes(target) ? undefined : `${layer} may not import ${target}`;
}

if (process.argv[1] === import.meta.filename) {
  const problems = [];
  for (const path of sources(root)) {
    const from = relative(root, path);
    for (const [, spec] of readFileSync(path, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      const to = relative(root, resolve(dirname(path), spec));
      if (to.startsWith("..") || to.endsWith(".css")) continue;
      const why = broken(from, to);
      if (why) problems.push(`${from}: imports ${to}: ${why}`);
    }
  }
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
