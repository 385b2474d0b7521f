import { grouped } from "../../spec/grouped.ts";
import type { Arm, SampleReference } from "../../spec/run.types.ts";
import { pooledStandardDeviation } from "../../stats/sample.ts";
import { quantitiesOf, quantityKey } from "../captured/quantity.ts";
import { ROUNDING, resolutionOf } from "../captured/spread.ts";
import { formatReference } from "../criterion.ts";
import { trainingText } from "./claim-spec.ts";
import type { Machine } from "./machine.ts";

/** How samples of the same trial and quantity, from different machines, lie to each other. */
export interface SampleCounts {
  /** Samples that two machines or more have. */
  readonly compared: number;
  readonly bitEqual: number;
  /** Not bit-equal, but within a millionth of the larger. */
  readonly rounding: number;
  /** Farther apart. */
  readonly beyond: number;
}

export interface MeasurementSamples extends SampleCounts {
  /** Name of the measurement, over arms, ε, maximisers, parts and epochs. */
  readonly measurement: string;
  /** Of those beyond rounding: farther apart than one standard deviation over seeds. Timings and single seeds have none. */
  readonly beyondSpread: number;
  /** The widest difference, relative to the larger value; null where all are bit-equal. */
  readonly widest: { readonly sample: string; readonly seed: number; readonly relative: number } | null;
}

export interface PairSamples extends SampleCounts {
  readonly machines: readonly [string, string];
}

export interface SampleComparison {
  readonly byMeasurement: readonly MeasurementSamples[];
  /** Every two machines that have samples in common. */
  readonly byPair: readonly PairSamples[];
}

/** One quantity of one training, on the machines that have it. */
interface SharedQuantity {
  readonly reference: SampleReference;
  readonly arm: Arm;
  readonly found: { readonly machine: string; readonly values: ReadonlyMap<number, number> }[];
}

/** Compares all samples but times, where arm and measurement are specified alike. */
export function compareSamples(machines: readonly Machine[]): SampleComparison {
  const shared = sharedQuantities(machines);
  const byMeasurement = [...grouped(shared, ({ reference }) => reference.measurement)];
  return {
    byMeasurement: byMeasurement.map(([measurement, quantities]) => measurementSamples(measurement, quantities)),
    byPair: pairSamples(machines, shared),
  };
}

function sharedQuantities(machines: readonly Machine[]): SharedQuantity[] {
  const found = new Map<string, SharedQuantity>();
  for (const { name, record } of machines) {
    const arms = new Map(
      record.suite.arms.map((arm) => [arm.name, { arm, training: trainingText(record, arm.name) }] as const),
    );
    const specs = new Map<string, string>();
    for (const { reference, values } of quantitiesOf(record)) {
      const { arm, training } = arms.get(reference.arm) ?? {};
      const measured = arm?.measure[reference.measurement];
      if (!arm || !measured || measured.metric === "step-time") continue;
      const place = `${reference.arm} ${reference.measurement}`;
      const spec = specs.get(place) ?? JSON.stringify([training, measured]);
      specs.set(place, spec);
      const key = `${quantityKey(reference)} ${spec}`;
      const quantity = found.get(key) ?? { reference, arm, found: [] };
      quantity.found.push({ machine: name, values });
      found.set(key, quantity);
    }
  }
  return [...found.values()].filter((quantity) => quantity.found.length > 1);
}

type Closeness = "bitEqual" | "rounding" | "beyond";

function closenessOf(lowest: number, highest: number): Closeness {
  if (lowest === highest) return "bitEqual";
  return relativeDistance(lowest, highest) <= ROUNDING ? "rounding" : "beyond";
}

/** To the larger of the two, 0 to 2. */
function relativeDistance(lowest: number, highest: number): number {
  const larger = Math.max(Math.abs(lowest), Math.abs(highest));
  return larger === 0 ? 0 : highest / larger - lowest / larger;
}

function measurementSamples(measurement: string, quantities: readonly SharedQuantity[]): MeasurementSamples {
  const counts = { compared: 0, bitEqual: 0, rounding: 0, beyond: 0 };
  let beyondSpread = 0;
  let widest: MeasurementSamples["widest"] = null;
  for (const { reference, arm, found } of quantities) {
    const spread = seedSpread(found, reference, arm);
    for (const [seed, values] of valuesBySeed(found)) {
      if (values.length < 2) continue;
      const [lowest, highest] = [Math.min(...values), Math.max(...values)];
      const closeness = closenessOf(lowest, highest);
      counts.compared += 1;
      counts[closeness] += 1;
      if (closeness === "beyond" && spread !== null && highest - lowest > spread) beyondSpread += 1;
      const relative = relativeDistance(lowest, highest);
      if (relative > (widest?.relative ?? 0)) widest = { sample: formatReference(reference), seed, relative };
    }
  }
  return { measurement, ...counts, beyondSpread, widest };
}

function valuesBySeed(found: SharedQuantity["found"]): Map<number, number[]> {
  const bySeed = new Map<number, number[]>();
  for (const { values } of found) {
    for (const [seed, value] of values) {
      const known = bySeed.get(seed);
      if (known) known.push(value);
      else bySeed.set(seed, [value]);
    }
  }
  return bySeed;
}

/** Over the seeds of one machine, pooled; no less than values can be told apart. null with single seeds. */
function seedSpread(found: SharedQuantity["found"], reference: SampleReference, arm: Arm): number | null {
  const samples = found.map(({ values }) => [...values.values()]);
  const pooled = pooledStandardDeviation(samples);
  if (pooled === null) return null;
  const several = samples.filter(({ length }) => length >= 2);
  return Math.max(pooled, Math.min(...several.map((values) => resolutionOf(values, reference, arm))));
}

function pairSamples(machines: readonly Machine[], shared: readonly SharedQuantity[]): PairSamples[] {
  const places = new Map(machines.map(({ name }, i) => [name, i]));
  const pairs = new Map<number, { compared: number; bitEqual: number; rounding: number; beyond: number }>();
  for (const { found } of shared) {
    for (const [i, one] of found.entries()) {
      for (const other of found.slice(i + 1)) {
        const key = (places.get(one.machine) ?? 0) * machines.length + (places.get(other.machine) ?? 0);
        const counts = pairs.get(key) ?? { compared: 0, bitEqual: 0, rounding: 0, beyond: 0 };
        pairs.set(key, counts);
        for (const [seed, a] of one.values) {
          const b = other.values.get(seed);
          if (b === undefined) continue;
          counts.compared += 1;
          counts[closenessOf(Math.min(a, b), Math.max(a, b))] += 1;
        }
      }
    }
  }
  return [...pairs]
    .toSorted(([a], [b]) => a - b)
    .filter(([, { compared }]) => compared > 0)
    .map(([key, counts]) => {
      const [one, other] = [machines[Math.floor(key / machines.length)], machines[key % machines.length]];
      return { machines: [one?.name ?? "", other?.name ?? ""] as const, ...counts };
    });
}
