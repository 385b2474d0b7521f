import type { LinearMap } from "../engine.ts";
import { Graph } from "./graphs/graph.ts";
import { matmul } from "./graphs/operators.ts";
import { Session, type SessionSettings, tensor } from "./session.ts";

/** A matrix as the input of two graphs of one product each. */
export async function onnxLinearMap(
  matrix: Float32Array<ArrayBuffer>,
  rows: number,
  columns: number,
  settings: SessionSettings,
): Promise<LinearMap> {
  const fixed = tensor(matrix, [rows, columns]);
  const multiply = await productSession([rows, columns], [columns, 1], "matrix", "vector", settings);
  const combine = await productSession([1, rows], [rows, columns], "vector", "matrix", settings);
  return {
    async multiply(vector, into) {
      await multiply.run({ matrix: fixed, vector: tensor(vector, [columns, 1]) }, { product: tensor(into, [rows, 1]) });
    },
    async combineRows(weights, into) {
      await combine.run({ matrix: fixed, vector: tensor(weights, [1, rows]) }, { product: tensor(into, [1, columns]) });
    },
    async release() {
      await multiply.release();
      await combine.release();
    },
  };
}

function productSession(
  left: readonly number[],
  right: readonly number[],
  leftName: string,
  rightName: string,
  settings: SessionSettings,
): Promise<Session> {
  const graph = new Graph();
  const product = matmul(graph, graph.input(leftName, "float32", left), graph.input(rightName, "float32", right));
  graph.output(product, "product");
  return Session.create(graph.encode(), settings);
}
