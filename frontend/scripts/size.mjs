// Checks the weight of what a first visit to a conversation loads, gzipped.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";

const dist = resolve(import.meta.dirname, "../dist");
const BUDGET = { js: 260 * 1024, css: 30 * 1024 };

const html = readFileSync(resolve(dist, "index.html"), "utf8");
const files = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(js|css))"/g)];
const total = { js: 0, css: 0 };
for (const [, path, kind] of files) {
  const bytes = gzipSync(readFileSync(resolve(dist, path)), { level: 9 }).length;
  total[kind] += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB gz  ${path}`);
}
for (const kind of ["js", "css"]) {
  const line = `${kind}: ${(total[kind] / 1024).toFixed(1)} of ${BUDGET[kind] / 1024} KB gz`;
  if (total[kind] === 0) throw new Error(`index.html names no ${kind} file: build first`);
  if (total[kind] > BUDGET[kind]) {
    console.error(`${line}: too much`);
    process.exitCode = 1;
  } else {
    console.log(line);
  }
}
