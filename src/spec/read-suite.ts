import { ClaimbenchError } from "./error.ts";
import { filterSuite } from "./filter-suite.ts";
import { parseJson } from "./json-source.ts";
import { applyOverride } from "./override.ts";
import { Problems } from "./problems.ts";
import { resolveArms } from "./resolve-arm.ts";
import { resolveClaim } from "./resolve-claim.ts";
import type { Suite } from "./run.types.ts";
import { checkSchema } from "./schema-check.ts";
import type { SuiteFile } from "./suite.types.ts";
import type { SuiteContext, SuiteSource } from "./suite-context.ts";
import { expandMatrix } from "./variants.ts";

export type { SuiteContext, SuiteSource } from "./suite-context.ts";

export type ProfileName = NonNullable<Suite["profile"]>;

export interface ReadSuiteOptions {
  readonly profile?: ProfileName;
  /** See `filterSuite`. */
  readonly filter?: string;
  /** Replaces the suite's seeds by 0 … n − 1. */
  readonly seeds?: number;
}

/**
 * Reads a suite: checks it, applies profile, matrix, `extends` and defaults, and checks every reference, before
 * anything trains.
 *
 * @throws ClaimbenchError with the place of each problem in the file.
 */
export function readSuite(source: SuiteSource, context: SuiteContext, options: ReadSuiteOptions = {}): Suite {
  const json = parseJson(source.text, source.file);
  checkSchema(json, "suite");
  const { profile } = options;
  const file = withProfile(json.value as SuiteFile, profile, source.file);
  const problems = new Problems(json);
  const variants = expandMatrix(file);
  const arms = variants.flatMap((variant) => resolveArms(variant, context, problems));
  const claims = variants.flatMap((variant) =>
    Object.keys(variant.claims).flatMap(
      (id) => resolveClaim(id, variant, json.locate(["claims", id], "key").line, problems) ?? [],
    ),
  );
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
  const seeds = typeof file.seeds === "number" ? Array.from({ length: file.seeds }, (_, i) => i) : file.seeds;
  const suite: Suite = {
    id: file.suite,
    title: file.title ?? file.suite,
    ...(file.description === undefined ? {} : { description: file.description }),
    ...(file.paper === undefined ? {} : { paper: file.paper }),
    ...(profile === undefined ? {} : { profile }),
    sha256: source.sha256,
    seeds: (options.seeds === undefined ? seeds : Array.from({ length: options.seeds }, (_, i) => i)) as Suite["seeds"],
    confidence: file.confidence ?? 0.95,
    arms,
    claims,
  };
  return options.filter === undefined ? suite : filterSuite(suite, options.filter);
}

function withProfile(suite: SuiteFile, profile: ProfileName | undefined, file: string): SuiteFile {
  if (profile === undefined) return suite;
  const override = suite.profiles?.[profile];
  if (!override) {
    const has = Object.keys(suite.profiles ?? {}).join(", ") || "none";
    throw new ClaimbenchError("unknown-profile", `${file} has no profile "${profile}" (it has: ${has})`);
  }
  return applyOverride({ ...suite }, { ...override }) as unknown as SuiteFile;
}

/** The profiles a suite declares. @throws ClaimbenchError as {@link readSuite} does for the file's form. */
export function profilesOf(source: SuiteSource): ProfileName[] {
  const json = parseJson(source.text, source.file);
  checkSchema(json, "suite");
  return Object.keys((json.value as SuiteFile).profiles ?? {}) as ProfileName[];
}
