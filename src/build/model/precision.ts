import type { GraphBuilder } from './graph-builder';
import { halvesToFloats } from './half-float';
import type { Linear } from './minilm-weights';
import type { HalfTensor } from './safetensors';

/** How a precision stores its weights, multiplies and attends. */
export interface Precision {
  embedWords(graph: GraphBuilder, words: HalfTensor, ids: string): string;
  /** `values` × weight + bias */
  linear(graph: GraphBuilder, values: string, layer: Linear): string;
  /** GELU */
  activate(graph: GraphBuilder, values: string): string;
  /** What `attend` wants of the mask (int64 [batch, seq], 1 = token), computed once for all layers. */
  prepareMask(graph: GraphBuilder, mask: string): string;
  /** Multi-head attention: each argument and the result are [batch, seq, hidden]. */
  attend(graph: GraphBuilder, query: string, key: string, value: string, mask: string): string;
}

export function floatConstant(graph: GraphBuilder, { shape, bits }: HalfTensor): string {
  return graph.constant({ type: 'float32', shape, data: halvesToFloats(bits) });
}
