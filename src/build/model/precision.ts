import type { GraphBuilder } from './graph-builder';
import { halvesToFloats } from './half-float';
import { minilm, type Linear } from './minilm-weights';
import { dataTypes } from './onnx-schema';
import { quantise } from './quantise';
import type { HalfTensor } from './safetensors';

/** How a precision stores its weights, multiplies matrices and computes attention. */
export interface Precision {
  embedWords(graph: GraphBuilder, words: HalfTensor, ids: string): string;
  /** `values` × weight + bias */
  linear(graph: GraphBuilder, values: string, layer: Linear): string;
  /** GELU */
  activate(graph: GraphBuilder, values: string): string;
  /** The mask (int64 [batch, seq], 1 = token) in the form that `attend` takes, computed once for all layers. */
  prepareMask(graph: GraphBuilder, mask: string): string;
  /** Multi-head attention: each argument and the result are [batch, seq, hidden]. */
  attend(graph: GraphBuilder, query: string, key: string, value: string, mask: string): string;
}

export function floatConstant(graph: GraphBuilder, { shape, bits }: HalfTensor): string {
  return graph.constant({ type: 'float32', shape, data: halvesToFloats(bits) });
}

const microsoftDomain = 'com.microsoft';

/** int8 weights, activations quantised dynamically, fused attention. Runs on onnxruntime's CPU provider (WASM). */
export const int8Precision: Precision = {
  embedWords(graph, words, ids) {
    const { vocabulary, hidden } = minilm;
    const { values, scales } = quantise(halvesToFloats(words.bits), vocabulary, hidden, 'row');
    const table = graph.constant({ type: 'int8', shape: [vocabulary, hidden], data: values });
    const scaleTable = graph.constant({ type: 'float32', shape: [vocabulary, 1], data: scales });
    const attributes = { to: dataTypes.float32 };
    const rows = graph.node('Cast', [graph.node('Gather', [table, ids])], { attributes });
    return graph.node('Mul', [rows, graph.node('Gather', [scaleTable, ids])]);
  },

  linear(graph, values, { weight, bias }) {
    const [rows = 0, columns = 0] = weight.shape;
    const matrix = quantise(halvesToFloats(weight.bits), rows, columns, 'column');
    const quantised = graph.constant({ type: 'int8', shape: weight.shape, data: matrix.values });
    const scales = graph.constant({ type: 'float32', shape: [columns], data: matrix.scales });
    const inputs = [values, quantised, scales, '', floatConstant(graph, bias)];
    return graph.node('DynamicQuantizeMatMul', inputs, { domain: microsoftDomain });
  },

  // The tanh approximation: 5 % faster over the whole graph than erf, and as close to the fp32 vectors.
  activate(graph, values) {
    return graph.node('FastGelu', [values], { domain: microsoftDomain });
  },

  prepareMask(graph, mask) {
    return graph.node('Cast', [mask], { attributes: { to: dataTypes.int32 } });
  },

  attend(graph, query, key, value, mask) {
    const attributes = { num_heads: minilm.heads };
    return graph.node('MultiHeadAttention', [query, key, value, '', mask], {
      domain: microsoftDomain,
      attributes,
    });
  },
};

const toFloat = { attributes: { to: dataTypes.float32 } };
const headSize = minilm.hidden / minilm.heads;

/**
 * Weights stored as fp16 and cast to fp32 when the session is made, so that no device needs fp16 arithmetic.
 * Attention in plain operators: WebGPU has no MultiHeadAttention with a padding mask.
 */
export const fullPrecision: Precision = {
  embedWords(graph, words, ids) {
    return graph.node('Gather', [storedAsHalf(graph, words), ids]);
  },

  linear(graph, values, { weight, bias }) {
    const product = graph.node('MatMul', [values, storedAsHalf(graph, weight)]);
    return graph.node('Add', [product, floatConstant(graph, bias)]);
  },

  activate(graph, values) {
    return graph.node('Gelu', [values], { domain: microsoftDomain });
  },

  prepareMask(graph, mask) {
    const present = graph.node('Cast', [mask], toFloat);
    const absent = graph.node('Sub', [graph.scalar(1), present]);
    const penalty = graph.node('Mul', [absent, graph.scalar(-10_000)]);
    return graph.node('Unsqueeze', [penalty, graph.integers(1, 2)]);
  },

  attend(graph, query, key, value, mask) {
    const headed = { attributes: { perm: { ints: [0, 2, 1, 3] } } };
    const byHead = graph.integers(0, 0, minilm.heads, headSize);
    const split = (values: string) => graph.node('Reshape', [values, byHead]);
    const keys = graph.node('Transpose', [split(key)], { attributes: { perm: { ints: [0, 2, 3, 1] } } });
    const products = graph.node('MatMul', [graph.node('Transpose', [split(query)], headed), keys]);
    const scaled = graph.node('Mul', [products, graph.scalar(headSize ** -0.5)]);
    const attention = graph.node('Softmax', [graph.node('Add', [scaled, mask])], {
      attributes: { axis: -1 },
    });
    const context = graph.node('MatMul', [attention, graph.node('Transpose', [split(value)], headed)]);
    const joined = graph.node('Transpose', [context], headed);
    return graph.node('Reshape', [joined, graph.integers(0, 0, minilm.hidden)]);
  },
};

function storedAsHalf(graph: GraphBuilder, { shape, bits }: HalfTensor): string {
  return graph.node('Cast', [graph.constant({ type: 'float16', shape, data: bits })], toFloat);
}
