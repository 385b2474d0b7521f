import { Bench } from "tinybench";
import type { MeasuredValue } from "./measured-value.ts";

const WARM_UP = 3;

/**
 * Times a training update, in two series one after the other: what tells the second from the first is noise.
 *
 * @param step makes one.
 * @param batch samples of an update.
 * @param updates of the whole training.
 * @param now milliseconds, for tests.
 */
export async function measureStepTime(
  step: () => Promise<void>,
  { iterations, batch, updates }: { iterations: number; batch: number; updates: number },
  now?: () => number,
): Promise<MeasuredValue[]> {
  const bench = new Bench({
    iterations,
    time: 0,
    warmupIterations: WARM_UP,
    warmupTime: 0,
    throws: true,
    retainSamples: true,
    ...(now ? { now } : {}),
  });
  // Any other function tinybench calls once more, to see whether it gives a promise, and does not wait for it.
  for (const series of ["first", "second"]) {
    bench.add(series, async () => {
      await step();
    });
  }
  const [first, second] = (await bench.run()).map(({ result }) => {
    if (!("latency" in result)) throw new Error("an update was not timed");
    return { seconds: result.latency.p50 / 1000, count: result.latency.samplesCount };
  });
  if (!first || !second) throw new Error("an update was not timed");
  const { seconds, count } = first;
  return [
    { part: "seconds", value: seconds, detail: { iterations: count } },
    { part: "samples-per-second", value: batch / seconds },
    { part: "training-seconds", value: seconds * updates },
    { part: "repeat-ratio", value: second.seconds / seconds },
  ];
}
