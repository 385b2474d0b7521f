import { applyOverride } from "./override.ts";
import type { SuiteFile, Variant } from "./suite.types.ts";

/** One combination of the matrix: the suite with its overrides, and the names of the variants by axis. */
export interface SuiteVariant {
  readonly arms: SuiteFile["arms"];
  readonly measure: SuiteFile["measure"];
  readonly claims: SuiteFile["claims"];
  readonly axes: Readonly<Record<string, string>>;
}

/** Every combination of one variant per axis, in the order of the file; one without axes where there is no matrix. */
export function expandMatrix(suite: SuiteFile): SuiteVariant[] {
  let variants: SuiteVariant[] = [{ arms: suite.arms, measure: suite.measure, claims: suite.claims, axes: {} }];
  for (const [axis, values] of Object.entries(suite.matrix ?? {})) {
    variants = variants.flatMap((variant) =>
      Object.entries(values).map(([name, override]) => withVariant(variant, axis, name, override)),
    );
  }
  return variants;
}

/** The end of the names of a combination's arms and claims: [F1], or nothing. */
export function suffix(axes: Readonly<Record<string, string>>): string {
  const names = Object.values(axes);
  return names.length === 0 ? "" : `[${names.join(",")}]`;
}

function withVariant(variant: SuiteVariant, axis: string, name: string, override: Variant): SuiteVariant {
  const { axes, ...parts } = variant;
  const merged = applyOverride({ ...parts }, { ...override }) as unknown as Omit<SuiteVariant, "axes">;
  return { ...merged, axes: { ...axes, [axis]: name } };
}

/** Replaces {axis} in a claim's texts by the variant's name. */
export function fillAxes(text: string, axes: Readonly<Record<string, string>>): string {
  return text.replace(/\{([A-Za-z][\w-]*)\}/g, (whole, axis: string) => axes[axis] ?? whole);
}
