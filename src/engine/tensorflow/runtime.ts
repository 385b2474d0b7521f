import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { candidates, type Place } from "./candidates.ts";
import { prepareEnvironment } from "./environment.ts";
import { NotLoaded } from "./not-loaded.ts";
import type { RuntimeKind, RuntimeSettings, TensorflowDevice } from "./settings.ts";
import type { NativeBackend, Tf } from "./tf.ts";

/** tfjs, ready to compute. */
export interface Runtime {
  readonly tf: Tf;
  readonly kind: RuntimeKind;
  readonly device: TensorflowDevice;
  /** The tfjs package and its version. */
  readonly packageName: string;
  readonly packageVersion: string;
  /** What computes underneath: "TensorFlow 2.9.1", "webgpu 0.6.2" or "plain JavaScript". */
  readonly library: string;
  /** The backend that runs TensorFlow's operations by name, where there is one. */
  readonly native?: NativeBackend;
}

let loaded: { readonly wanted: string; readonly runtime: Promise<Runtime> } | undefined;

/**
 * Loads the fastest tfjs there is for a device. A process loads one: tfjs keeps one backend for all of it, and
 * TensorFlow reads its settings once.
 *
 * @throws ClaimbenchError `engine-not-available` when no package can be loaded, with the reason for each;
 * `device-not-available` when one can, but does not find the device; `engine-already-loaded` on a second call with
 * other settings.
 */
export async function loadTensorflow(settings: RuntimeSettings): Promise<Runtime> {
  const wanted = JSON.stringify([settings.device, settings.folder, settings.threads]);
  if (loaded && loaded.wanted !== wanted) {
    throw new ClaimbenchError(
      "engine-already-loaded",
      `this process has loaded TensorFlow with the settings ${loaded.wanted}; it cannot load it with ${wanted} too`,
    );
  }
  loaded ??= { wanted, runtime: search(settings) };
  try {
    return await loaded.runtime;
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}

async function search(settings: RuntimeSettings): Promise<Runtime> {
  const { device } = settings;
  prepareEnvironment(settings);
  const reasons: string[] = [];
  for (const place of places(settings.folder)) {
    for (const candidate of candidates) {
      if (!candidate.devices.includes(device)) continue;
      const { kind, packageName } = candidate;
      try {
        return { ...(await candidate.load(place, device)), kind, packageName, device };
      } catch (error) {
        if (!(error instanceof NotLoaded)) throw error;
        reasons.push(`${packageName} in ${place.name}: ${error.message}`);
      }
    }
  }
  throw new ClaimbenchError(
    "engine-not-available",
    [
      `engine tensorflow: no package could be loaded for device ${device}`,
      ...reasons.map((reason) => `  ${reason}`),
    ].join("\n"),
    { hint: `\`claimbench setup tensorflow${device === "webgpu" ? " --webgpu" : ""}\` installs one` },
  );
}

function places(folder: string | undefined): Place[] {
  const project: Place = { name: "the project", require: createRequire(import.meta.url) };
  return folder === undefined
    ? [project]
    : [{ name: folder, require: createRequire(join(resolve(folder), "/")) }, project];
}
