import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Samples } from "../../data/samples.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import { elementCount } from "../../spec/element-count.ts";
import type { TrainingObjective } from "../../spec/suite.types.ts";
import { OnnxModel } from "./model.ts";
import type { SessionSettings } from "./session.ts";

/** Where the operators of a training step ran: names, each once, sorted. */
export interface Placement {
  readonly device: readonly string[];
  readonly cpu: readonly string[];
}

/** Operators that only steer. */
const STEERING = /^(Loop|If|Scan)$/;
/** What the runtime puts in where a value passes from one memory to the other. */
const COPY = /^Memcpy/;

/**
 * Makes Adam's update of four random samples, or as many as the objective makes, with the runtime's profiler on, and
 * reads off where operators ran.
 *
 * Where the graph is a loop, the CPU is left with its condition, which is no work: `Identity` of one truth value. Copies
 * through the CPU's memory are counted as its.
 */
export async function placementOf(
  network: ResolvedNetwork,
  settings: SessionSettings,
  objective?: TrainingObjective,
): Promise<Placement> {
  const folder = await mkdtemp(join(tmpdir(), "claimbench-profile-"));
  try {
    const model = new OnnxModel(network, { ...settings, profilePrefix: join(folder, "step") });
    const count = 4;
    const random = xoroshiro128plus(1);
    const samples: Samples = {
      x: Float32Array.from({ length: count * elementCount(network.input) }, () => (random.next() >>> 0) / 2 ** 32),
      y: new Int32Array(count),
      count,
      shape: network.input,
    };
    const trainer = model.trainer(samples, { adam: { learningRate: 1e-3 } }, random, objective ? { objective } : {});
    await trainer.update(trainer.start(model.initialise(random)), Int32Array.of(0, 1, 2, 3), count);
    await model.dispose();
    const files = await readdir(folder);
    if (files.length === 0) throw new Error("the runtime wrote no profile");
    const events = files.map(async (file) => JSON.parse(await readFile(join(folder, file), "utf8")) as ProfileEvent[]);
    return placementIn((await Promise.all(events)).flat());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface ProfileEvent {
  readonly cat?: string;
  readonly name?: string;
  readonly args?: { readonly provider?: string; readonly op_name?: string };
}

function placementIn(events: readonly ProfileEvent[]): Placement {
  const onCpu = new Set<string>();
  const onDevice = new Set<string>();
  for (const { cat, name, args } of events) {
    if (cat !== "Node" || !name?.endsWith("_kernel_time") || !args?.op_name || STEERING.test(args.op_name)) continue;
    const left = args.provider === "CPUExecutionProvider" || COPY.test(args.op_name);
    (left ? onCpu : onDevice).add(args.op_name);
  }
  return { cpu: [...onCpu].sort(), device: [...onDevice].sort() };
}
