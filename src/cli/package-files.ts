import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, posix, resolve } from "node:path";
import { dataSetSize, hasDataSet } from "../data/load.ts";
import { parameterLayout } from "../networks/layout.ts";
import { resolvedNetwork } from "../networks/shapes.ts";
import { loadPlugins } from "../plugins/load-plugin.ts";
import { dataSources } from "../run/data-sources.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import type { ClaimbenchConfig } from "../spec/config.types.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { parseJson } from "../spec/json-source.ts";
import { didYouMean } from "../spec/nearest.ts";
import { readBaseline } from "../spec/read-baseline.ts";
import { readConfig } from "../spec/read-config.ts";
import { pluginModulesOf } from "../spec/read-suite.ts";
import { isObject } from "../spec/schemas.ts";
import type { SuiteContext, SuiteSource } from "../spec/suite-context.ts";
import { packageFile } from "./package-path.ts";
import { shortPath } from "./text/short-path.ts";

const suites = packageFile("suites");
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
  const own = resolve(cwd, name);
  const path = [own, ...shippedFiles(name)].find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
  if (path === undefined) {
    const known = [...ownSuites(cwd), ...shippedSuites().map(({ id }) => id)];
    throw new ClaimbenchError("unknown-suite", `there is no suite file ${name}${didYouMean(name, known)}`, {
      hint: `give a path, or one of ${known.join(", ")}`,
    });
  }
  const bytes = readBytes(path, "suite-not-readable");
  return {
    name: path === own ? basename(path) : name,
    path,
    folder: dirname(path),
    file: shortPath(path, cwd),
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
    if (folder === undefined || folder === suites || shippedFiles(name).some(existsSync)) return [name];
    const found = suiteFilesIn(folder).map((file) => join(name, file));
    const first = isFolder(resolve(cwd, name)) ? found : found.map(withoutExtension);
    if (first.length === 0) throw new ClaimbenchError("unknown-suite", `there is no suite file in ${name}`);
    return first;
  });
}

/** Paths of the suites in the folder suites, where `claimbench init` writes them, unless it is the one of this package. */
export function ownSuites(cwd: string): string[] {
  const folder = resolve(cwd, "suites");
  return isFolder(folder) && folder !== suites ? suiteFilesIn(folder).map((file) => join("suites", file)) : [];
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** A folder that holds more than this is none of suites: somebody's home, or a disk. */
const MOST_FILES = 10_000;

/**
 * Of a folder and the folders in it, ascending; networks are no suites, and hidden folders and node_modules hold none.
 *
 * @throws ClaimbenchError `too-many-files`.
 */
function suiteFilesIn(folder: string): string[] {
  const found: string[] = [];
  const folders = [""];
  let seen = 0;
  // What is added on the way is visited as well.
  for (const below of folders) {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const file = posix.join(below, entry.name);
      if (++seen > MOST_FILES) {
        throw new ClaimbenchError("too-many-files", `${folder} holds more than ${MOST_FILES} files`, {
          hint: "give the folder that the suites are in, or a suite",
        });
      }
      if (entry.isDirectory()) {
        if (!/^(\..*|node_modules|networks)$/.test(entry.name)) folders.push(file);
      } else if (/\.jsonc?$/.test(entry.name) && mayBeSuite(join(folder, file))) found.push(file);
    }
  }
  return found.sort();
}

/** Records, networks and settings are not; what cannot be read is one until its error says otherwise. */
function mayBeSuite(path: string): boolean {
  try {
    const { value } = parseJson(readFileSync(path, "utf8"), path);
    return (
      isObject(value) && ["suite", "arms", "claims"].some((key) => Object.hasOwn(value, key)) && !("format" in value)
    );
  } catch {
    return true;
  }
}

/** Suites of the package, by id as a command takes it. */
export function shippedSuites(): { id: string; path: string }[] {
  return suiteFilesIn(suites).map((file) => ({ id: withoutExtension(file), path: join(suites, file) }));
}

/** Where a suite that ships may be. */
function shippedFiles(id: string): string[] {
  return [".json", ".jsonc"].map((extension) => join(suites, `${id}${extension}`));
}

function withoutExtension(file: string): string {
  return file.replace(/\.jsonc?$/, "");
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
    paperNames: paperNames(),
    dataSetSize,
    hasDataSet: (set) => hasDataSet(set, dataSources(folder, dataFolder)),
    parameterCount: (network) => parameterLayout(resolvedNetwork(network, network.name ?? "network")).parameterCount,
  };
}

/** As {@link suiteContext} with the plugins that the suite names: their modules are imported. */
export async function contextOf(source: SuiteFileOnDisk, dataFolder?: string): Promise<SuiteContext> {
  const { folder } = source;
  return { ...suiteContext(folder, dataFolder), plugins: await loadPlugins(pluginModulesOf(source), folder) };
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
  return namesIn(networks);
}

function paperNames(): string[] {
  return namesIn(packageFile("baselines"));
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"))
    .sort();
}

/** The published values of a paper that a suite names; undefined when it names none. */
export function loadBaseline(paper: string | undefined): PublishedBaseline | undefined {
  if (paper === undefined) return undefined;
  const path = packageFile(`baselines/${paper}.json`);
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
