import { type ProfileName, profilesOf, readSuite } from "../spec/read-suite.ts";
import type { Suite } from "../spec/run.types.ts";
import { contextOf, loadSuiteFile, shippedSuites, suitesIn } from "./package-files.ts";
import { estimatedSeconds } from "./suite-estimate.ts";
import { duration } from "./text/duration.ts";

interface SuiteSize {
  readonly armCount: number;
  /** At first, where their number is left open. */
  readonly seeds: number;
  readonly mostSeeds?: number;
  readonly trials: number;
  /** On one core; absent where the size of some data is not known. */
  readonly estimatedSeconds?: number | undefined;
}

export interface ListedSuite extends SuiteSize {
  readonly suite: string;
  readonly title: string;
  /** Scales that the suite has, or the one that was asked for. */
  readonly profiles: readonly ({ readonly name: ProfileName } & SuiteSize)[];
  readonly arms: readonly { readonly name: string; readonly network: string; readonly batch: unknown }[];
  readonly claims: readonly {
    readonly id: string;
    readonly registry?: string | undefined;
    readonly statement: string;
    readonly finding?: true;
  }[];
}

/**
 * Suites in short.
 *
 * @param names of suites or folders of them; all shipped suites when there are none.
 * @param profile that every suite which is named must have; of all suites, those without it are listed as they stand.
 * @throws ClaimbenchError of a suite that is not valid.
 */
export async function listSuites(
  names: readonly string[],
  { profile, dataFolder }: { readonly profile?: ProfileName; readonly dataFolder?: string },
  cwd: string,
): Promise<ListedSuite[]> {
  const wanted = names.length > 0 ? suitesIn(names, cwd) : shippedSuites().map(({ id }) => id);
  const reading = wanted.map(async (name): Promise<ListedSuite> => {
    const source = loadSuiteFile(name, cwd);
    const profiles = profilesOf(source);
    const chosen = names.length > 0 ? profile : profiles.find((known) => known === profile);
    const context = await contextOf(source, dataFolder);
    const read = (scale: ProfileName | undefined) => readSuite(source, context, scale ? { profile: scale } : {});
    const sizeOf = (scaled: Suite) => ({ ...countsOf(scaled), estimatedSeconds: estimatedSeconds(scaled, context) });
    const suite = read(chosen);
    return {
      suite: suite.id,
      title: suite.title,
      profiles: (chosen ? [chosen] : profiles).map((name) => {
        return { name, ...sizeOf(name === chosen ? suite : read(name)) };
      }),
      ...sizeOf(suite),
      arms: suite.arms.map(({ name, networkName, regime }) => ({ name, network: networkName, batch: regime.batch })),
      claims: suite.claims.map(({ id, registry, statement, finding }) => {
        return { id, registry, statement, ...(finding ? { finding } : {}) };
      }),
    };
  });
  return Promise.all(reading);
}

function countsOf({ arms, seeds, sequential }: Suite) {
  return {
    armCount: arms.length,
    seeds: seeds.length,
    ...(sequential ? { mostSeeds: sequential.max } : {}),
    trials: arms.length * seeds.length,
  };
}

/** A block a suite: a line a scale, an arm and a claim. */
export function renderSuites(suites: readonly ListedSuite[]): string {
  return suites.map(renderSuite).join("");
}

function renderSuite({ suite, title, profiles, arms, claims, ...whole }: ListedSuite): string {
  const scales = profiles.length > 0 ? profiles : [{ name: "", ...whole }];
  const lines = [
    `${suite} — ${title}`,
    ...scales.map(({ name, ...size }) => `  ${name.padEnd(7)} ${sizeWords(size)}`),
    ...arms.map(({ name, network, batch }) => `  arm     ${name}: ${network}, batch ${batch}`),
    ...claims.map(({ id, registry, statement, finding }) => {
      return `  ${finding ? "finding" : "claim  "} ${id}${registry ? ` (${registry})` : ""}: ${statement}`;
    }),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

function sizeWords({ trials, armCount, seeds, mostSeeds, estimatedSeconds: seconds }: SuiteSize): string {
  const time = seconds === undefined ? "" : `, roughly ${duration(seconds)} on one core`;
  const more = mostSeeds === undefined ? "" : `, then up to ${mostSeeds} seeds until every claim is decided`;
  return `${trials} trials: ${armCount} arm(s) × ${seeds} seed(s)${time}${more}`;
}
