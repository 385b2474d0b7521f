import type { SampleDetail } from "../spec/run.types.ts";
import type { Maximiser } from "../spec/suite.types.ts";

/** One of the values of a measurement, told from the others by its keys, or why there is none. */
export type MeasuredValue = {
  readonly epsilon?: number;
  readonly maximiser?: Maximiser;
  readonly part?: string;
  /** α of a path, or epoch. */
  readonly at?: number;
} & ({ readonly value: number; readonly detail?: SampleDetail } | { readonly absent: string });
