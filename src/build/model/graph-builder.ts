import {
  attributeTypes,
  dataTypes,
  encodeModel,
  type AttributeProto,
  type DataType,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './onnx-schema';

export interface Tensor {
  type: DataType;
  shape: number[];
  /** Little-endian, row-major; float16 as its bits. */
  data: Float32Array | Uint16Array | Int8Array | Int32Array | BigInt64Array;
}

/** A number is an INT attribute; floats and lists are marked. */
type Attribute = number | { float: number } | { ints: number[] };

export interface NodeOptions {
  attributes?: Record<string, Attribute>;
  domain?: 'com.microsoft';
}

/** A named size, which may differ from run to run, or a fixed one. */
type Dimension = string | number;

/**
 * Builds an ONNX graph. Values are referred to by name; names are numbered in order, so that the same calls give the
 * same bytes.
 */
export class GraphBuilder {
  readonly #name: string;
  readonly #nodes: NodeProto[] = [];
  readonly #initializers: TensorProto[] = [];
  readonly #inputs: ValueInfoProto[] = [];
  readonly #outputs: ValueInfoProto[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, type: DataType, shape: Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Makes the value `source` an output of the graph under `name`. */
  output(name: string, source: string, type: DataType, shape: Dimension[]): void {
    this.#nodes.push(this.#nodeProto('Identity', [source], [name], {}));
    this.#outputs.push(valueInfo(name, type, shape));
  }

  constant(tensor: Tensor): string {
    const { data } = tensor;
    const name = `constant_${this.#initializers.length}`;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#initializers.push({ name, dims: tensor.shape, dataType: dataTypes[tensor.type], rawData });
    return name;
  }

  integers(...values: number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.constant({ type: 'int64', shape: [values.length], data });
  }

  scalar(value: number): string {
    return this.constant({ type: 'float32', shape: [], data: Float32Array.of(value) });
  }

  /** An omitted optional input is an empty name. */
  node(opType: string, inputs: string[], options: NodeOptions = {}): string {
    const output = `value_${this.#nodes.length}`;
    this.#nodes.push(this.#nodeProto(opType, inputs, [output], options));
    return output;
  }

  /** A node with several outputs. */
  nodes(opType: string, inputs: string[], outputCount: number, options: NodeOptions = {}): string[] {
    const outputs = Array.from({ length: outputCount }, (_, i) => `value_${this.#nodes.length}_${i}`);
    this.#nodes.push(this.#nodeProto(opType, inputs, outputs, options));
    return outputs;
  }

  build(): Uint8Array {
    return encodeModel({
      irVersion: 8,
      producerName: 'digest-atlas',
      graph: {
        node: this.#nodes,
        name: this.#name,
        initializer: this.#initializers,
        input: this.#inputs,
        output: this.#outputs,
      },
      opsetImport: [
        { domain: '', version: 17 },
        { domain: 'com.microsoft', version: 1 },
      ],
    });
  }

  #nodeProto(opType: string, input: string[], output: string[], options: NodeOptions): NodeProto {
    const attribute = Object.entries(options.attributes ?? {}).map(([name, value]) =>
      attributeProto(name, value),
    );
    return {
      input,
      output,
      name: `node_${this.#nodes.length}`,
      opType,
      attribute,
      domain: options.domain ?? '',
    };
  }
}

function attributeProto(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number') return { name, type: attributeTypes.int, i: value };
  if ('float' in value) return { name, type: attributeTypes.float, f: value.float };
  return { name, type: attributeTypes.ints, ints: value.ints };
}

function valueInfo(name: string, type: DataType, shape: Dimension[]): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: dataTypes[type], shape: { dim } } } };
}
