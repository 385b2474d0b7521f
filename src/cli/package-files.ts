import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { dataSetSize, hasDataSet } from "../data/load.ts";
import { parameterLayout } from "../networks/layout.ts";
import { resolvedNetwork } from "../networks/shapes.ts";
import { dataSources } from "../run/data-sources.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import type { ClaimbenchConfig } from "../spec/config.types.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { didYouMean } from "../spec/nearest.ts";
import { readBaseline } from "../spec/read-baseline.ts";
import { readConfig } from "../spec/read-config.ts";
import type { SuiteContext, SuiteSource } from "../spec/suite-context.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const suites = join(root, "suites");
const networks = join(suites, "networks");

/** A suite file on disk. */
export interface SuiteFileOnDisk extends SuiteSource {
  /** Id of a shipped suite, else the base name of the file. */
  readonly name: string;
  readonly path: string;
  readonly folder: string;
}

/**
 * Finds a suite: a path, or the id of one that ships with the package, such as `quick`.
 *
 * @throws ClaimbenchError `unknown-suite` or `suite-not-readable`.
 */
export function loadSuiteFile(name: string, cwd: string): SuiteFileOnDisk {
  const shipped = join(suites, `${name}.json`);
  const path = [resolve(cwd, name), shipped].find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
  if (path === undefined) {
    const known = shippedSuites().map(({ id }) => id);
    throw new ClaimbenchError("unknown-suite", `there is no suite file ${name}${didYouMean(name, known)}`, {
      hint: `give a path, or one of ${known.join(", ")}`,
    });
  }
  const bytes = readBytes(path, "suite-not-readable");
  const shown = relative(cwd, path);
  return {
    name: path === shipped ? name : basename(path),
    path,
    folder: dirname(path),
    file: shown.startsWith("..") ? path : shown,
    text: bytes.toString("utf8"),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

/**
 * Suites as a command names them, a folder replaced by the suites in it: a path, or `keskar-2017` of those that ship with
 * the package.
 */
export function suitesIn(names: readonly string[], cwd: string): string[] {
  return names.flatMap((name) => {
    const folder = [resolve(cwd, name), join(suites, name)].find(isFolder);
    if (folder === undefined || folder === suites || existsSync(join(suites, `${name}.json`))) return [name];
    const found = suiteFilesIn(folder).map((file) => join(name, file));
    const first = isFolder(resolve(cwd, name)) ? found : found.map((file) => file.slice(0, -".json".length));
    if (first.length === 0) throw new ClaimbenchError("unknown-suite", `there is no suite file in ${name}`);
    return first;
  });
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Of a folder and the folders in it, ascending; networks are no suites. */
function suiteFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".json") && !/(^|\/)networks\//.test(file))
    .sort();
}

/** Suites of the package, by id as a command takes it. */
export function shippedSuites(): { id: string; path: string }[] {
  return suiteFilesIn(suites).map((file) => ({ id: file.slice(0, -".json".length), path: join(suites, file) }));
}

/**
 * @param folder of the suite file, for networks given by path.
 * @param dataFolder looked in for data sets before other places.
 */
export function suiteContext(folder: string, dataFolder?: string): SuiteContext {
  return {
    readNetwork(reference) {
      const isPath = /[/\\]|\.jsonc?$/.test(reference);
      const path = isPath ? resolve(folder, reference) : join(networks, `${reference}.json`);
      if (!existsSync(path)) return undefined;
      return {
        file: isPath ? reference : `suites/networks/${reference}.json`,
        text: readBytes(path, "network-not-readable").toString("utf8"),
      };
    },
    networkNames: networkNames(),
    dataSetSize,
    hasDataSet: (set) => hasDataSet(set, dataSources(folder, dataFolder)),
    parameterCount: (network) => parameterLayout(resolvedNetwork(network, network.name ?? "network")).parameterCount,
  };
}

/** Path of a network given by path or by the name of a shipped one. @throws ClaimbenchError `unknown-network`. */
export function networkFile(name: string, cwd: string): string {
  const path = [resolve(cwd, name), join(networks, `${name}.json`)].find((candidate) => existsSync(candidate));
  if (path !== undefined) return path;
  throw new ClaimbenchError("unknown-network", `there is no network ${name}${didYouMean(name, networkNames())}`, {
    hint: `give a path, or one of ${networkNames().join(", ")}`,
  });
}

function networkNames(): string[] {
  return readdirSync(networks)
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"))
    .sort();
}

/** The published values of a paper; undefined when the suite names none. */
export function loadBaseline(paper: string | undefined): PublishedBaseline | undefined {
  if (paper === undefined) return undefined;
  const path = join(root, "baselines", `${paper}.json`);
  if (!existsSync(path)) {
    const known = readdirSync(join(root, "baselines"))
      .filter((file) => file.endsWith(".json"))
      .map((file) => basename(file, ".json"));
    throw new ClaimbenchError(
      "unknown-paper",
      `there are no published values of "${paper}"${didYouMean(paper, known)} (known: ${known.join(", ")})`,
    );
  }
  return readBaseline(readBytes(path, "baseline-not-readable").toString("utf8"), `baselines/${paper}.json`);
}

function readBytes(path: string, code: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ClaimbenchError(code, `cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Settings of the folder that claimbench is started in, claimbench.config.json; none where there is no such file.
 *
 * @throws ClaimbenchError `config-invalid`.
 */
export function loadConfig(cwd: string): ClaimbenchConfig {
  const path = join(cwd, "claimbench.config.json");
  if (!existsSync(path)) return {};
  return readConfig(readBytes(path, "config-not-readable").toString("utf8"), "claimbench.config.json");
}
