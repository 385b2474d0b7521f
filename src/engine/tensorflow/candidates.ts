import { pathToFileURL } from "node:url";
import { ClaimbenchError } from "../../spec/error.ts";
import { NotLoaded } from "./not-loaded.ts";
import type { RuntimeKind, TensorflowDevice } from "./settings.ts";
import type { NativeBackend, Tf } from "./tf.ts";

/** A place where packages may be installed. */
export interface Place {
  /** "the project", or the folder. */
  readonly name: string;
  readonly require: NodeJS.Require;
}

/** A package that has been loaded, its backend chosen. */
export interface Loaded {
  readonly tf: Tf;
  readonly packageVersion: string;
  /** What computes underneath: "TensorFlow 2.9.1". */
  readonly library: string;
  readonly native?: NativeBackend;
}

/** A package of tfjs that can compute on some devices. */
export interface Candidate {
  readonly kind: RuntimeKind;
  readonly packageName: string;
  readonly devices: readonly TensorflowDevice[];
  /**
   * @throws NotLoaded when the package cannot be used from there.
   * @throws ClaimbenchError `device-not-available` when it can, without that device.
   */
  load(place: Place, device: TensorflowDevice): Promise<Loaded>;
}

/** The packages, the fastest first. */
export const candidates: readonly Candidate[] = [
  native("node-gpu", "@tensorflow/tfjs-node-gpu"),
  native("node", "@tensorflow/tfjs-node"),
  { kind: "webgpu", packageName: "@tensorflow/tfjs-backend-webgpu", devices: ["webgpu"], load: loadWebgpu },
  { kind: "javascript", packageName: "@tensorflow/tfjs", devices: ["cpu"], load: loadJavascript },
];

function native(kind: "node-gpu" | "node", packageName: string): Candidate {
  return {
    kind,
    packageName,
    devices: ["cpu", "cuda"],
    async load(place, device) {
      const packageVersion = installedVersion(place, packageName);
      const reason = reasonOfNode(packageVersion, process.version);
      if (reason) throw new NotLoaded(reason);
      const tf = load<Tf>(place, packageName);
      tf.enableProdMode();
      const backend = tf.backend() as NativeBackend;
      const library = `TensorFlow ${backend.binding.TF_Version}`;
      if (device === "cuda" && !backend.isUsingGpuDevice) {
        throw new ClaimbenchError(
          "device-not-available",
          `device cuda: ${packageName} ${packageVersion} with ${library} finds no GPU`,
          { hint: "it takes an NVIDIA GPU with its driver, CUDA and cuDNN, and a TensorFlow library built for them" },
        );
      }
      return { tf, packageVersion, library, native: backend };
    },
  };
}

/**
 * What keeps a version of tfjs-node from running on a version of Node, if anything: up to 4.22 it calls
 * util.isNullOrUndefined and util.isArray for every operation, which Node 23 removed.
 */
export function reasonOfNode(packageVersion: string, nodeVersion: string): string | undefined {
  const [major = 0, minor = 0] = packageVersion.split(".").map(Number);
  const node = Number(nodeVersion.replace(/^v/, "").split(".")[0]);
  if (node < 23 || major > 4 || (major === 4 && minor > 22)) return undefined;
  return `version ${packageVersion} needs util.isNullOrUndefined, which Node 23 removed; this is Node ${nodeVersion}`;
}

/** On the `webgpu` package, which gives Node a navigator.gpu. */
async function loadWebgpu(place: Place): Promise<Loaded> {
  const packageName = "@tensorflow/tfjs-backend-webgpu";
  const packageVersion = installedVersion(place, packageName);
  const library = `webgpu ${installedVersion(place, "webgpu", packageName)}`;
  installedVersion(place, "@tensorflow/tfjs", packageName);
  const adapter = await provideGpu(place);
  if (!adapter) {
    throw new ClaimbenchError("device-not-available", `device webgpu: ${library} finds no graphics adapter`, {
      hint: "it takes a GPU with a driver for Vulkan, Metal or Direct3D 12",
    });
  }
  const tf = load<Tf>(place, "@tensorflow/tfjs");
  tf.enableProdMode();
  load(place, packageName);
  if (!(await tf.setBackend("webgpu"))) throw new NotLoaded("its backend does not start");
  return { tf, packageVersion, library };
}

async function provideGpu(place: Place): Promise<object | null> {
  let dawn: { create(options: string[]): { requestAdapter(): Promise<object | null> }; globals: object };
  try {
    const url = pathToFileURL(place.require.resolve("webgpu")).href;
    dawn = await import(/* @vite-ignore */ url);
  } catch (error) {
    throw new NotLoaded(`the webgpu package cannot be loaded: ${firstLine(error)}`);
  }
  const gpu = dawn.create([]);
  Object.assign(globalThis, dawn.globals);
  const holder: object = Reflect.get(globalThis, "navigator") ?? {};
  Object.defineProperty(holder, "gpu", { value: gpu, configurable: true });
  Object.defineProperty(globalThis, "navigator", { value: holder, configurable: true });
  return gpu.requestAdapter();
}

async function loadJavascript(place: Place): Promise<Loaded> {
  const packageVersion = installedVersion(place, "@tensorflow/tfjs");
  const tf = load<Tf>(place, "@tensorflow/tfjs");
  // Else its backend greets with a banner.
  tf.enableProdMode();
  if (!(await tf.setBackend("cpu"))) throw new NotLoaded("its backend does not start");
  return { tf, packageVersion, library: "plain JavaScript" };
}

/** @param own the candidate's package, where another one is asked for. */
function installedVersion({ require }: Place, packageName: string, own = packageName): string {
  let manifest: string;
  try {
    manifest = require.resolve(`${packageName}/package.json`);
  } catch {
    throw new NotLoaded(packageName === own ? "not installed" : `${packageName} is not installed beside it`);
  }
  return (require(manifest) as { version: string }).version;
}

function load<T>({ require }: Place, packageName: string): T {
  try {
    return require(packageName) as T;
  } catch (error) {
    const line = firstLine(error);
    throw new NotLoaded(
      line.includes("native addon module")
        ? "its compiled library is missing: it was not downloaded or built"
        : `it cannot be loaded: ${line}`,
    );
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] as string;
}
