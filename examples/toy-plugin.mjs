// A plugin with two metrics and a data set. toy-suite.json, beside it, uses them.
import { definePlugin } from "claimbench";

export default definePlugin({
  name: "toy",
  version: "1.0.0",
  metrics: {
    "weight-norm": {
      title: "norm of all weights",
      unit: "",
      options: { properties: { order: { type: "number", minimum: 1, default: 2 } } },
      measure({ weights, options: { order } }) {
        let sum = 0;
        for (const weight of weights) sum += Math.abs(weight) ** order;
        return sum ** (1 / order);
      },
    },
    "noise-tolerance": {
      title: "loss at weights with noise",
      values: { loss: "nats", rise: "nats" },
      options: {
        properties: {
          deviation: { type: "number", exclusiveMinimum: 0 },
          draws: { type: "integer", minimum: 1, default: 5 },
        },
        required: ["deviation"],
      },
      async measure({ weights, options: { deviation, draws }, objective, random }) {
        const f = objective();
        const { loss: still } = await f.evaluate(weights);
        let sum = 0;
        for (let draw = 0; draw < draws; draw++) {
          const noisy = weights.map((weight) => weight + deviation * random.normal());
          sum += (await f.evaluate(noisy)).loss;
        }
        return { loss: sum / draws, rise: sum / draws - still };
      },
    },
  },
  dataSets: {
    spirals: {
      title: "two spirals",
      options: {
        properties: {
          train: { type: "integer", minimum: 2, default: 400 },
          test: { type: "integer", minimum: 2, default: 200 },
          turns: { type: "number", exclusiveMinimum: 0, default: 1 },
          noise: { type: "number", minimum: 0, default: 0.05 },
        },
      },
      load({ options: { train, test, turns, noise }, random }) {
        const draw = (/** @type {number} */ count, /** @type {number} */ seed) => {
          const { uniform, normal } = random(seed);
          const x = new Float32Array(2 * count);
          const y = new Int32Array(count);
          for (let i = 0; i < count; i++) {
            const arm = i % 2;
            const along = Math.sqrt(uniform());
            const angle = 2 * Math.PI * turns * along + Math.PI * arm;
            y[i] = arm;
            x[2 * i] = along * Math.cos(angle) + noise * normal();
            x[2 * i + 1] = along * Math.sin(angle) + noise * normal();
          }
          return { x, y };
        };
        return { shape: [2], train: draw(train, 0), test: draw(test, 1) };
      },
    },
  },
});
