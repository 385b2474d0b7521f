import type { JsonPath } from "./json-source.ts";
import { applyOverride } from "./override.ts";
import type { SuiteFile, Variant } from "./suite.types.ts";

/** One combination of the matrix: the suite with its overrides, and the names of the variants by axis. */
export interface SuiteVariant {
  readonly arms: SuiteFile["arms"];
  readonly measure: SuiteFile["measure"];
  readonly claims: SuiteFile["claims"];
  readonly axes: Readonly<Record<string, string>>;
  /** Where in the file its arms, measurements and claims come from: the last override first, the suite itself last. */
  readonly origins: readonly JsonPath[];
}

/**
 * Every combination of one variant per axis, in the order of the file; one without axes where there is no matrix.
 *
 * @param profile whose overrides are already applied.
 */
export function expandMatrix(suite: SuiteFile, profile?: string): SuiteVariant[] {
  const { arms, measure, claims } = suite;
  const inProfile: JsonPath[] = profile === undefined ? [] : [["profiles", profile]];
  const origins = [...inProfile, []];
  let variants: SuiteVariant[] = [{ arms, measure, claims, axes: {}, origins }];
  for (const [axis, values] of Object.entries(suite.matrix ?? {})) {
    variants = variants.flatMap((variant) =>
      Object.entries(values).map(([name, override]) => {
        const places = origins.map((origin) => [...origin, "matrix", axis, name]);
        return withVariant(variant, axis, name, override, places);
      }),
    );
  }
  return variants;
}

/** More could not be run, and their arms would fill the memory. */
export const MOST_COMBINATIONS = 1000;

/** How many combinations {@link expandMatrix} gives. */
export function combinationCount({ matrix = {} }: SuiteFile): number {
  return Object.values(matrix).reduce((count, axis) => count * Object.keys(axis).length, 1);
}

/** The end of the names of a combination's arms and claims: [F1], or nothing. */
export function suffix(axes: Readonly<Record<string, string>>): string {
  const names = Object.values(axes);
  return names.length === 0 ? "" : `[${names.join(",")}]`;
}

/** Replaces {axis} in a claim's texts by the variant's name. */
export function fillAxes(text: string, axes: Readonly<Record<string, string>>): string {
  return text.replace(/\{([A-Za-z][\w-]*)\}/g, (whole, axis: string) =>
    Object.hasOwn(axes, axis) ? (axes[axis] as string) : whole,
  );
}

function withVariant(
  variant: SuiteVariant,
  axis: string,
  name: string,
  override: Variant,
  places: readonly JsonPath[],
): SuiteVariant {
  const { axes, origins, ...parts } = variant;
  const merged = applyOverride({ ...parts }, { ...override }) as unknown as Omit<SuiteVariant, "axes" | "origins">;
  return { ...merged, axes: { ...axes, [axis]: name }, origins: [...places, ...origins] };
}
