import { elementCount } from "../../../spec/element-count.ts";
import type { Graph, Value } from "./graph.ts";

// The operators the lowerings use, with their shapes. Names follow ONNX.

function elementwise(operator: string) {
  return (graph: Graph, a: Value, b: Value): Value => graph.node(operator, [a, b], broadcast(a.shape, b.shape));
}

export const add = elementwise("Add");
export const subtract = elementwise("Sub");
export const multiply = elementwise("Mul");
export const divide = elementwise("Div");

function pointwise(operator: string) {
  return (graph: Graph, x: Value): Value => graph.node(operator, [x], x.shape);
}

export const squareRoot = pointwise("Sqrt");
export const reciprocal = pointwise("Reciprocal");
export const relu = pointwise("Relu");
export const exponential = pointwise("Exp");

/** a [m, k] · b [k, n]. */
export function matmul(graph: Graph, a: Value, b: Value): Value {
  return graph.node("MatMul", [a, b], [a.shape[0] ?? 1, b.shape[1] ?? 1]);
}

/** op(a) · op(b) + c with matrices; c may be [n]. */
export function gemm(
  graph: Graph,
  a: Value,
  b: Value,
  options: { transposeA?: boolean; transposeB?: boolean; plus?: Value | undefined } = {},
): Value {
  const rows = a.shape[options.transposeA ? 1 : 0] ?? 1;
  const columns = b.shape[options.transposeB ? 0 : 1] ?? 1;
  return graph.node("Gemm", options.plus ? [a, b, options.plus] : [a, b], [rows, columns], {
    attributes: { transA: options.transposeA ? 1 : 0, transB: options.transposeB ? 1 : 0 },
  });
}

/** Sum (or, with `scale`, a multiple of it) of the rows of x [m, n]: [1, n]. A product with a row of ones is faster than ReduceSum. */
export function sumRows(graph: Graph, x: Value, scale = 1): Value {
  const rows = x.shape[0] ?? 1;
  return matmul(graph, graph.constant("float32", [1, rows], new Float32Array(rows).fill(scale)), x);
}

/** Sum (or a multiple of it) over batch and image, of shape [1, channels] or [1, channels, 1, 1]. */
export function sumPerChannel(graph: Graph, x: Value, scale = 1): Value {
  const [batch = 1, channels = 1, ...image] = x.shape;
  if (image.length === 0) return sumRows(graph, x, scale);
  const pixels = elementCount(image);
  const ones = graph.constant("float32", [pixels, 1], new Float32Array(pixels).fill(scale));
  const perImage = matmul(graph, reshape(graph, x, [batch * channels, pixels]), ones);
  return reshape(graph, sumRows(graph, reshape(graph, perImage, [batch, channels])), [1, channels, 1, 1]);
}

/** One length may be -1: what is left. */
export function reshape(graph: Graph, x: Value, lengths: readonly number[]): Value {
  const known = lengths.reduce((product, length) => (length < 0 ? product : product * length), 1);
  const all = elementCount(x.shape);
  const shape = lengths.map((length) => (length < 0 ? all / known : length));
  if (x.shape.length === shape.length && x.shape.every((length, i) => length === shape[i])) return x;
  return graph.node("Reshape", [x, graph.constant("int64", [shape.length], shape)], shape);
}

/** Rows of x by a vector of indices. */
export function gatherRows(graph: Graph, x: Value, indices: Value): Value {
  return graph.node("Gather", [x, indices], [...indices.shape, ...x.shape.slice(1)], { attributes: { axis: 0 } });
}

export function transpose(graph: Graph, x: Value, axes: readonly number[]): Value {
  return graph.node(
    "Transpose",
    [x],
    axes.map((axis) => x.shape[axis] ?? 1),
    { attributes: { perm: axes } },
  );
}

/** Every `step`-th position of [from, to) of one axis. */
export function slice(graph: Graph, x: Value, axis: number, from: number, to: number, step = 1): Value {
  if (from === 0 && to === x.shape[axis] && step === 1) return x;
  const one = (value: number) => graph.constant("int64", [1], [value]);
  const shape = x.shape.map((length, i) => (i === axis ? Math.ceil((to - from) / step) : length));
  return graph.node("Slice", [x, one(from), one(to), one(axis), one(step)], shape);
}

/** A shader may have few buffers, as few as 8; more tensors than this are joined, or split, in several steps. */
const TENSORS_PER_SHADER = 6;

/** Joins tensors along an axis, in order. */
export function concatenate(graph: Graph, parts: readonly Value[], axis = 0): Value {
  const [first] = parts;
  if (!first) throw new Error("nothing to concatenate");
  if (parts.length === 1) return first;
  if (graph.portable && parts.length > TENSORS_PER_SHADER) {
    const groups = inGroups(parts).map((group) => concatenate(graph, group, axis));
    return concatenate(graph, groups, axis);
  }
  const length = parts.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
  return graph.node("Concat", parts, first.shape.with(axis, length), { attributes: { axis } });
}

export function zeros(graph: Graph, shape: readonly number[]): Value {
  return graph.node("ConstantOfShape", [graph.constant("int64", [shape.length], shape)], shape, { type: "float32" });
}

/** Zeros before and after x along one axis; several times faster than the Pad operator. */
export function padAxis(graph: Graph, x: Value, axis: number, before: number, after: number): Value {
  const margin = (length: number) => (length > 0 ? [zeros(graph, x.shape.with(axis, length))] : []);
  return concatenate(graph, [...margin(before), x, ...margin(after)], axis);
}

/** Takes a tensor apart along its first axis into parts of the given lengths. */
export function split(graph: Graph, x: Value, lengths: readonly number[]): Value[] {
  if (lengths.length === 1) return [x];
  if (graph.portable && lengths.length > TENSORS_PER_SHADER) {
    const groups = inGroups(lengths);
    const totals = groups.map((group) => group.reduce((sum, length) => sum + length, 0));
    return split(graph, x, totals).flatMap((part, g) => split(graph, part, groups[g] ?? []));
  }
  const rest = x.shape.slice(1);
  return graph.nodes(
    "Split",
    [x, graph.constant("int64", [lengths.length], lengths)],
    lengths.map((length) => ({ type: x.type, shape: [length, ...rest] })),
    { axis: 0 },
  );
}

function inGroups<Item>(items: readonly Item[]): Item[][] {
  const size = Math.max(TENSORS_PER_SHADER, Math.ceil(items.length / TENSORS_PER_SHADER));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, g) => items.slice(g * size, (g + 1) * size));
}

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const fromA = a[i - rank + a.length] ?? 1;
    const fromB = b[i - rank + b.length] ?? 1;
    if (fromA !== fromB && fromA !== 1 && fromB !== 1) throw new Error(`shapes [${a}] and [${b}] do not broadcast`);
    return Math.max(fromA, fromB);
  });
}
