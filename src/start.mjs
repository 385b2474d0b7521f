// npm start: installs what is missing, builds what has changed, runs the quick suite. Plain JavaScript without
// dependencies, since on a fresh clone it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`claimbench needs Node 20.19 or newer; this is ${process.version}`);
  process.exit(2);
}

const installed = join(root, "node_modules", ".package-lock.json");
if (!existsSync(installed) || newest(join(root, "package-lock.json")) > newest(installed)) {
  npm("ci", "--no-audit", "--no-fund", "--loglevel=error");
}
const program = join(root, "dist", "cli", "main.js");
if (!existsSync(program) || newest(join(root, "src")) > newest(program)) npm("run", "--silent", "build");

const { status, signal } = spawnSync(process.execPath, [program, "run", "quick", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
// A claim that fails or stays open is a finding, not a broken program: `claimbench run` tells them apart for a CI.
process.exit(signal ? 130 : status === 1 || status === 3 ? 0 : (status ?? 1));

function npm(...words) {
  console.error(`npm ${words[0] === "run" ? "run build" : words[0]} …`);
  const { status: code } = spawnSync("npm", words, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (code !== 0) process.exit(code ?? 1);
}

function newest(path) {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
