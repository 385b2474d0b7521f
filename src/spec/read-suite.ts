import { ClaimbenchError } from "./error.ts";
import { filterSuite } from "./filter-suite.ts";
import { parseJson } from "./json-source.ts";
import { didYouMean } from "./nearest.ts";
import { applyOverride } from "./override.ts";
import { Problems } from "./problems.ts";
import { resolveArms } from "./resolve-arm.ts";
import { resolveClaims } from "./resolve-claim.ts";
import { pluginsByName, resolvePlugins } from "./resolve-plugins.ts";
import type { Suite } from "./run.types.ts";
import { checkSchema } from "./schema-check.ts";
import { isObject } from "./schemas.ts";
import type { SuiteFile } from "./suite.types.ts";
import type { SuiteContext, SuiteSource } from "./suite-context.ts";
import { combinationCount, expandMatrix, MOST_COMBINATIONS } from "./variants.ts";

export type { SuiteContext, SuiteSource } from "./suite-context.ts";

export type ProfileName = NonNullable<Suite["profile"]>;

export interface ReadSuiteOptions {
  readonly profile?: ProfileName;
  /** See `filterSuite`. */
  readonly filter?: string;
  /** Replaces the suite's seeds by 0 … n − 1. */
  readonly seeds?: number;
}

/** As in the schema. */
const MOST_SEEDS = 1000;

/**
 * Reads a suite: checks it, applies profile, matrix, `extends` and defaults, and checks every reference, before
 * anything trains.
 *
 * @throws ClaimbenchError with the place of each problem in the file.
 */
export function readSuite(source: SuiteSource, context: SuiteContext, options: ReadSuiteOptions = {}): Suite {
  const json = parseJson(source.text, source.file);
  checkSchema(json, "suite");
  const { profile, seeds: seedCount } = options;
  if (seedCount !== undefined && !(Number.isInteger(seedCount) && seedCount >= 1 && seedCount <= MOST_SEEDS)) {
    throw new ClaimbenchError("invalid-seeds", `expected 1 to ${MOST_SEEDS} seeds, found ${seedCount}`);
  }
  const file = withProfile(json.value as SuiteFile, profile, source.file);
  const problems = new Problems(json);
  const combinations = combinationCount(file);
  if (combinations > MOST_COMBINATIONS) {
    const places = [...(profile === undefined ? [] : [["profiles", profile, "matrix"]]), ["matrix"]];
    problems.addAt(places, `the matrix has ${combinations} combinations; expected at most ${MOST_COMBINATIONS}`, "key");
    problems.throwIfAny("suite-invalid");
  }
  checkPaper(file, context, problems);
  const plugins = pluginsByName(file, context.plugins, problems);
  problems.throwIfAny("suite-invalid");
  const variants = expandMatrix(file, profile).map((variant) => resolvePlugins(variant, plugins, problems));
  problems.throwIfAny("suite-invalid");
  const arms = variants.flatMap((variant) => resolveArms(variant, context, problems));
  const claims = variants.flatMap((variant) => resolveClaims(variant, json, problems));
  problems.throwIfAny("suite-invalid");
  const [firstArm, firstClaim] = [arms[0], claims[0]];
  if (!firstArm || !firstClaim) {
    throw new ClaimbenchError(
      "suite-invalid",
      "nothing is left to check: the profile or matrix removes every arm or claim",
      {
        location: json.locate([]),
      },
    );
  }
  const { seeds, sequential } = seedsOf(seedCount ?? file.seeds);
  if (sequential && sequential.max < sequential.min) {
    const places = [...(profile === undefined ? [] : [["profiles", profile, "seeds", "max"]]), ["seeds", "max"]];
    problems.addAt(places, `expected at least min, ${sequential.min} seeds; found ${sequential.max}`, "value");
    problems.throwIfAny("suite-invalid");
  }
  const suite: Suite = {
    id: file.suite,
    title: file.title ?? file.suite,
    ...(file.description === undefined ? {} : { description: file.description }),
    ...(file.paper === undefined ? {} : { paper: file.paper }),
    ...(profile === undefined ? {} : { profile }),
    sha256: source.sha256,
    seeds,
    ...(sequential ? { sequential } : {}),
    confidence: file.confidence ?? 0.95,
    multiplicity: file.multiplicity ?? "holm",
    arms,
    claims,
  };
  return options.filter === undefined ? suite : filterSuite(suite, options.filter);
}

function checkPaper({ paper }: SuiteFile, { paperNames }: SuiteContext, problems: Problems): void {
  if (paper === undefined || !paperNames || paperNames.includes(paper)) return;
  const known = `known: ${paperNames.join(", ")}`;
  problems.add(["paper"], `there are no published values of "${paper}"${didYouMean(paper, paperNames)} (${known})`);
}

/** The seeds of the first look, where their number is left open. */
function seedsOf(seeds: SuiteFile["seeds"]): Pick<Suite, "seeds" | "sequential"> {
  if (Array.isArray(seeds)) return { seeds };
  const count = typeof seeds === "number" ? seeds : seeds.min;
  return {
    seeds: Array.from({ length: count }, (_, i) => i) as Suite["seeds"],
    ...(typeof seeds === "number" ? {} : { sequential: { min: seeds.min, max: seeds.max } }),
  };
}

function withProfile(suite: SuiteFile, profile: ProfileName | undefined, file: string): SuiteFile {
  if (profile === undefined) return suite;
  const profiles = suite.profiles ?? {};
  const override = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  if (!override) {
    const names = Object.keys(profiles);
    throw new ClaimbenchError(
      "unknown-profile",
      `${file} has no profile "${profile}"${didYouMean(profile, names)} (it has: ${names.join(", ") || "none"})`,
    );
  }
  return applyOverride({ ...suite }, { ...override }) as unknown as SuiteFile;
}

/** The modules of the plugins that a suite names; none where it has not the form of a suite, which reading it tells. */
export function pluginModulesOf(source: SuiteSource): string[] {
  try {
    const { value } = parseJson(source.text, source.file);
    const plugins = isObject(value) ? value["plugins"] : undefined;
    return Array.isArray(plugins) ? plugins.filter((each) => typeof each === "string") : [];
  } catch (error) {
    if (error instanceof ClaimbenchError) return [];
    throw error;
  }
}

/** The profiles a suite declares. @throws ClaimbenchError as {@link readSuite} does for the file's form. */
export function profilesOf(source: SuiteSource): ProfileName[] {
  const json = parseJson(source.text, source.file);
  checkSchema(json, "suite");
  return Object.keys((json.value as SuiteFile).profiles ?? {}) as ProfileName[];
}
