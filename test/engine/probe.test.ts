import { expect, test } from "vitest";
import type { Engine } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { measureDrift, probeEngine, timeUpdate } from "../../src/engine/probe.ts";

const engine = onnxEngine({ threads: 1 });

test("the onnx engine on the CPU has PyTorch's loss and gradient", async () => {
  const { lossError, gradientError, passed } = await probeEngine(engine);
  expect(lossError).toBeLessThan(1e-6);
  expect(gradientError).toBeLessThan(1e-5);
  expect(passed).toBe(true);
});

/** An engine whose gradients are spoilt. */
function spoilt(spoil: (value: number, position: number) => number): Engine {
  return {
    ...engine,
    load(network) {
      const model = engine.load(network);
      return {
        ...model,
        layout: model.layout,
        workPerCall: model.workPerCall,
        network,
        initialise: (random) => model.initialise(random),
        trainer: (...words) => model.trainer(...words),
        dispose: () => model.dispose(),
        objective(...words) {
          const objective = model.objective(...words);
          return {
            dimension: objective.dimension,
            evaluate: (theta) => objective.evaluate(theta),
            async lossAndGradient(theta, gradient) {
              const loss = await objective.lossAndGradient(theta, gradient);
              gradient.set(gradient.map(spoil));
              return loss;
            },
          };
        },
      };
    },
  };
}

const wrong: [string, (value: number, position: number) => number][] = [
  ["one element off by a hundredth of the norm", (value, position) => (position === 7 ? value + 1.5e-3 : value)],
  ["the sign of all", (value) => -value],
  ["not a number", () => Number.NaN],
  ["nothing", () => 0],
];

test.each(wrong)("a wrong gradient does not pass: %s", async (_, spoil) => {
  expect(await probeEngine(spoilt(spoil))).toMatchObject({ passed: false });
});

test("an update's time is the median of several, and a slow engine is timed once", async () => {
  let now = 0;
  expect(await timeUpdate(engine, () => (now += 5), 1e9)).toBeGreaterThan(0);
  // Every look at the clock takes longer than the budget.
  expect(await timeUpdate(engine, () => (now += 1000), 500)).toBe(1000);
});

test("equal trainings end at the same bits on the CPU", async () => {
  expect(await measureDrift(engine, () => performance.now(), 100)).toBe(0);
});
