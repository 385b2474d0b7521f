// Generates the *.types.ts files from the JSON schemas beside them; with --check, fails when a committed one is stale.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const folder = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes("--check");
const stale = [];
for (const name of ["suite", "network", "run", "baseline", "captured", "config"]) {
  const target = join(folder, `${name}.types.ts`);
  const types = await compileFromFile(join(folder, `${name}.schema.json`), {
    cwd: folder,
    additionalProperties: false,
    maxItems: -1,
    bannerComment: `// Generated from ${name}.schema.json by \`npm run types\`. Do not edit.`,
    style: { printWidth: 120 },
  });
  const current = await readFile(target, "utf8").catch(() => "");
  if (current === types) continue;
  if (check) stale.push(`${name}.types.ts`);
  else await writeFile(target, types);
}
if (stale.length > 0) {
  console.error(`stale: ${stale.join(", ")} — run \`npm run types\` and commit the result`);
  process.exit(1);
}
