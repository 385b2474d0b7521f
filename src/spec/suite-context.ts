import type { Network } from "./network.types.ts";
import type { LoadedPlugins } from "./plugin-facts.ts";
import type { DataSetName } from "./suite.types.ts";

/** A network file's text and the name it has in messages. */
export interface NetworkSource {
  readonly file: string;
  readonly text: string;
}

/** What reading a suite needs from outside it. */
export interface SuiteContext {
  /** The network a reference names: a name in suites/networks, or a path relative to the suite file. */
  readNetwork(reference: string): NetworkSource | undefined;
  /** For "did you mean". */
  readonly networkNames: readonly string[];
  /** Of the papers whose published values are known. Without them any name is taken. */
  readonly paperNames?: readonly string[];
  /** Size of a whole data set and the shape of one sample; undefined where that is not known before loading. */
  dataSetSize(
    set: DataSetName,
  ): { readonly train: number; readonly test: number; readonly shape: readonly number[] } | undefined;
  /** Whether the files of a data set are here. */
  hasDataSet(set: DataSetName): boolean;
  /** Plugins by module; those of a suite that names any. */
  readonly plugins?: LoadedPlugins;
  /**
   * How many parameters a network, as `readNetwork` gives it, has: its shapes are worked out above this floor. Without
   * it, layers that do not fit together are found when the suite is run.
   *
   * @throws ClaimbenchError when its layers do not fit together.
   */
  parameterCount?(network: Network): number;
}

export interface SuiteSource {
  /** Name shown in messages. */
  readonly file: string;
  readonly text: string;
  /** Of the file's bytes. */
  readonly sha256: string;
}
