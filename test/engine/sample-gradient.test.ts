import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { Graph } from "../../src/engine/onnx/graphs/graph.ts";
import { lowerSoftmaxCrossEntropy } from "../../src/engine/onnx/graphs/layers/softmax-cross-entropy.ts";
import { lowerNetwork } from "../../src/engine/onnx/graphs/network.ts";
import { Session, tensor } from "../../src/engine/onnx/session.ts";
import { sum } from "../../src/engine/sum.ts";
import { norm } from "../../src/measure/norm.ts";
import { parameterLayout } from "../../src/networks/layout.ts";
import { layerCases, layerProbe } from "../fixtures/layer-cases.ts";

// Without the network of hundreds of ReLUs: any step that shows above rounding crosses kinks, and what it is there for,
// how parameters are packed, does not come in here.
const cases = layerCases.filter(([name]) => !name.startsWith("a matrix too large"));

// Adversarial training goes by the gradient by the samples, which nothing else asks the first layer for.
test.each(cases)("gradient of %s by the samples", async (_, layers, image) => {
  const { network, samples, theta, random } = layerProbe(layers, image);
  const shape = [samples.count, ...network.input];
  for (const portable of [false, true]) {
    const graph = new Graph({ portable });
    const parameters = parameterLayout(network).parameters.map(({ offset, size, shape: own }) =>
      graph.constant("float32", own, theta.subarray(offset, offset + size)),
    );
    const lowered = lowerNetwork(graph, network, graph.input("x", "float32", shape), parameters, {});
    const loss = lowerSoftmaxCrossEntropy(graph, lowered.logits, graph.input("labels", "int32", [samples.count]));
    graph.output(lowered.backwardToInput(loss.backward()).input, "gradient");
    graph.output(loss.losses, "losses");
    const session = await Session.create(graph.encode(), { threads: 1 });
    const run = (x: Float32Array) =>
      session.run(
        { x: tensor(x, shape), labels: tensor(samples.y, [samples.count]) },
        { losses: null, gradient: null },
      );
    const lossAt = async (direction: Float32Array, step: number) => {
      const { losses } = await run(samples.x.map((value, i) => value + step * (direction[i] as number)));
      return sum(losses?.data as Float32Array) / samples.count;
    };
    const gradient = (await run(samples.x))["gradient"]?.data as Float32Array;
    for (let probe = 0; probe < 4; probe++) {
      const direction = new Float32Array(samples.x.length);
      fillNormal(direction, random);
      const length = norm(direction);
      for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) / length;
      const slope = gradient.reduce((total, value, i) => total + value * (direction[i] as number), 0);
      const step = 2e-3;
      const difference = ((await lossAt(direction, step)) - (await lossAt(direction, -step))) / (2 * step);
      expect(Math.abs(difference - slope)).toBeLessThan(2e-3 * norm(gradient));
    }
    await session.release();
  }
});
