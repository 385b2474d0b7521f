import { createHash } from "node:crypto";
import { MessageWriter } from "./protobuf.ts";

export type ElementType = "float32" | "int32" | "int64" | "bool";

/** A tensor in a graph: its name, element type and shape; -1 stands for a length known only when the graph runs. */
export interface Value {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

export type Attribute = number | { readonly float: number } | string | readonly number[] | Graph;

interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

interface Initialiser extends Value {
  readonly data: Uint8Array;
}

// Numbers of the ONNX format, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const ELEMENT_TYPES: Record<ElementType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };
const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const;
const IR_VERSION = 8;
export const OPSET_VERSION = 17;

/**
 * An ONNX graph under construction. Values of an outer graph can be used in the body of a loop, as ONNX allows;
 * names are unique over both.
 */
export class Graph {
  readonly inputs: Value[] = [];
  readonly outputs: Value[] = [];
  readonly #nodes: Node[] = [];
  readonly #initialisers = new Map<string, Initialiser>();
  readonly #outer: Graph | undefined;
  #names = 0;

  /**
   * Whether to use only operators that GPUs have, and that are repeatable there. The CPU has faster ones for some things;
   * the values are the same.
   */
  readonly portable: boolean;

  constructor({ portable = false, outer }: { readonly portable?: boolean; readonly outer?: Graph } = {}) {
    this.portable = portable;
    this.#outer = outer;
  }

  /** A graph for the body of a loop in this one. */
  subgraph(): Graph {
    return new Graph({ portable: this.portable, outer: this });
  }

  input(name: string, type: ElementType, shape: readonly number[]): Value {
    const value = { name, type, shape };
    this.inputs.push(value);
    return value;
  }

  output(value: Value, name?: string): void {
    this.outputs.push(name === undefined ? value : this.node("Identity", [value], value.shape, { name }));
  }

  /** A constant; equal ones are stored once, in the outermost graph. */
  constant(type: "float32" | "int64" | "int32", shape: readonly number[], values: ArrayLike<number>): Value {
    if (this.#outer) return this.#outer.constant(type, shape, values);
    const data = encodeElements(type, values);
    const key = `${type}[${shape}]${createHash("sha256").update(data).digest("base64")}`;
    const known = this.#initialisers.get(key);
    if (known) return known;
    const constant = { name: this.unique("constant"), type, shape, data };
    this.#initialisers.set(key, constant);
    return constant;
  }

  scalar(value: number): Value {
    return this.constant("float32", [], [value]);
  }

  /** Adds a node with one output of the given shape, of the first input's element type unless said otherwise. */
  node(
    operator: string,
    inputs: readonly Value[],
    shape: readonly number[],
    options: { attributes?: Record<string, Attribute>; type?: ElementType; name?: string } = {},
  ): Value {
    const type = options.type ?? inputs[0]?.type ?? "float32";
    const value = { name: options.name ?? this.unique(operator), type, shape };
    this.#add(operator, inputs, [value], options.attributes ?? {});
    return value;
  }

  /** Adds a node with several outputs. */
  nodes(
    operator: string,
    inputs: readonly Value[],
    outputs: readonly { readonly type: ElementType; readonly shape: readonly number[] }[],
    attributes: Record<string, Attribute> = {},
  ): Value[] {
    const values = outputs.map(({ type, shape }) => ({ name: this.unique(operator), type, shape }));
    this.#add(operator, inputs, values, attributes);
    return values;
  }

  #add(operator: string, inputs: readonly Value[], outputs: readonly Value[], attributes: Record<string, Attribute>) {
    this.#nodes.push({
      operator,
      inputs: inputs.map(({ name }) => name),
      outputs: outputs.map(({ name }) => name),
      attributes,
    });
  }

  /** A name nothing else has. */
  unique(stem: string): string {
    if (this.#outer) return this.#outer.unique(stem);
    this.#names++;
    return `${stem}_${this.#names}`;
  }

  /** @returns the bytes of an .onnx file. */
  encode(): Uint8Array {
    return new MessageWriter()
      .varint(1, IR_VERSION)
      .string(2, "claimbench")
      .message(7, (message) => this.#write(message))
      .message(8, (opset) => opset.string(1, "").varint(2, OPSET_VERSION))
      .finish();
  }

  #write(message: MessageWriter): void {
    for (const node of this.#nodes) message.message(1, (into) => writeNode(into, node));
    message.string(2, "graph");
    for (const initialiser of this.#initialisers.values()) {
      message.message(5, (into) => {
        for (const length of initialiser.shape) into.varint(1, length);
        into.varint(2, ELEMENT_TYPES[initialiser.type]).string(8, initialiser.name).bytes(9, initialiser.data);
      });
    }
    for (const input of this.inputs) message.message(11, (into) => writeValue(into, input));
    for (const output of this.outputs) message.message(12, (into) => writeValue(into, output));
  }

  static writeInto(graph: Graph, message: MessageWriter): void {
    graph.#write(message);
  }
}

function writeNode(message: MessageWriter, node: Node): void {
  for (const input of node.inputs) message.string(1, input);
  for (const output of node.outputs) message.string(2, output);
  message.string(4, node.operator);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message.message(5, (into) => writeAttribute(into.string(1, name), attribute));
  }
}

function writeAttribute(message: MessageWriter, attribute: Attribute): void {
  if (typeof attribute === "number") message.varint(3, attribute).varint(20, ATTRIBUTE_TYPES.int);
  else if (typeof attribute === "string") message.string(4, attribute).varint(20, ATTRIBUTE_TYPES.string);
  else if (attribute instanceof Graph) {
    message.message(6, (graph) => Graph.writeInto(attribute, graph)).varint(20, ATTRIBUTE_TYPES.graph);
  } else if ("float" in attribute) message.float(2, attribute.float).varint(20, ATTRIBUTE_TYPES.float);
  else {
    for (const value of attribute) message.varint(8, value);
    message.varint(20, ATTRIBUTE_TYPES.ints);
  }
}

function writeValue(message: MessageWriter, value: Value): void {
  message.string(1, value.name).message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.varint(1, ELEMENT_TYPES[value.type]);
      tensor.message(2, (shape) => {
        for (const length of value.shape) {
          shape.message(1, (dimension) => (length < 0 ? dimension.string(2, "n") : dimension.varint(1, length)));
        }
      });
    }),
  );
}

function encodeElements(type: "float32" | "int64" | "int32", values: ArrayLike<number>): Uint8Array {
  if (type === "float32") return new Uint8Array(Float32Array.from(values).buffer);
  if (type === "int32") return new Uint8Array(Int32Array.from(values).buffer);
  return new Uint8Array(BigInt64Array.from(Array.from(values, BigInt)).buffer);
}
