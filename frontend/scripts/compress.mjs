// Puts a Brotli and a gzip form beside every text file of the built page; the server sends what a browser takes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = resolve(import.meta.dirname, "../dist");
const TEXT = /\.(js|css|html|svg|json|webmanifest|txt)$/;
/** Smaller files, in bytes, are not worth the second form. */
const SMALLEST = 1024;

for (const name of readdirSync(dist, { recursive: true })) {
  const path = join(dist, name);
  if (/\.(br|gz)$/.test(name)) rmSync(path);
  if (!TEXT.test(name)) continue;
  const bytes = readFileSync(path);
  if (bytes.length < SMALLEST) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const forms = { br: brotliCompressSync(bytes, { params }), gz: gzipSync(bytes, { level: 9 }) };
  for (const [ending, form] of Object.entries(forms)) writeFileSync(`${path}.${ending}`, form);
  console.log(`${name}: ${bytes.length} bytes, gz ${forms.gz.length}, br ${forms.br.length}`);
}
