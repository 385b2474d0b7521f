import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";

export interface FoundModule {
  readonly path: string;
  /** Of the package, where the module is named by one. */
  readonly version?: string;
}

/**
 * @param name a path (./mine.mjs) or the name of a package, as a suite in `folder` writes it.
 * @returns undefined when there is none.
 */
export function findModule(name: string, folder: string): FoundModule | undefined {
  if (name.startsWith(".") || isAbsolute(name)) {
    const path = resolve(folder, name);
    return existsSync(path) ? { path } : undefined;
  }
  const packageName = name.split("/", name.startsWith("@") ? 2 : 1).join("/");
  for (let place = resolve(folder); ; place = dirname(place)) {
    const root = join(place, "node_modules", packageName);
    if (existsSync(join(root, "package.json"))) return inPackage(name, packageName, root, place);
    if (dirname(place) === place) return undefined;
  }
}

interface PackageFacts {
  readonly version?: string;
  readonly exports?: unknown;
}

function inPackage(name: string, packageName: string, root: string, place: string): FoundModule | undefined {
  const facts = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackageFacts;
  const entry = importEntry(facts.exports, `.${name.slice(packageName.length)}`);
  const path = entry === undefined ? resolvedByNode(name, place) : join(root, entry);
  if (path === undefined || !existsSync(path)) return undefined;
  return { path, ...(facts.version === undefined ? {} : { version: facts.version }) };
}

/** What `import` takes; `require.resolve` does not see it. */
function importEntry(exports: unknown, subpath: string): string | undefined {
  let entry = exports;
  if (typeof entry === "object" && entry !== null && Object.keys(entry).some((key) => key.startsWith("."))) {
    entry = (entry as Record<string, unknown>)[subpath];
  } else if (subpath !== ".") return undefined;
  while (typeof entry === "object" && entry !== null && !Array.isArray(entry)) {
    const byCondition = entry as Record<string, unknown>;
    const condition = Object.keys(byCondition).find((key) =>
      ["node", "import", "module-sync", "default"].includes(key),
    );
    if (condition === undefined) return undefined;
    entry = byCondition[condition];
  }
  return typeof entry === "string" ? entry : undefined;
}

function resolvedByNode(name: string, place: string): string | undefined {
  try {
    return createRequire(join(place, "suite.json")).resolve(name);
  } catch {
    return undefined;
  }
}
