import type { GraphBuilder } from './graph-builder';
import { dataTypes } from './onnx-schema';
import { minilm } from './minilm-weights';
import { floatConstant, type Precision } from './precision';
import type { HalfTensor } from './safetensors';

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
    return graph.node('Gelu', [values], { domain: 'com.microsoft' });
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
