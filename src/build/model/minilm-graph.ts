import { GraphBuilder } from './graph-builder';
import { halvesToFloats } from './half-float';
import { minilm, type EncoderLayer, type LayerNorm, type MinilmWeights } from './minilm-weights';
import { dataTypes } from './onnx-schema';
import { floatConstant, fullPrecision, int8Precision, type Precision } from './precision';

export interface MinilmGraphOptions {
  /** `int8` is for WASM only; `fp32` (stored as fp16) also runs on WebGPU, without `shader-f16`. */
  precision: 'int8' | 'fp32';
  /**
   * `sentence_embedding` [batch, 384] comes with `token_embeddings` [batch, seq, 384], of which it is the mean and which
   * explain a similarity. `last_hidden_state` is these states alone, for pipelines that pool outside the graph.
   */
  output: 'sentence_embedding' | 'last_hidden_state';
}

/** all-MiniLM-L6-v2 (BERT, Devlin et al. 2019; pooled as sentence-transformers does) as ONNX bytes. */
export function buildMinilmGraph(weights: MinilmWeights, options: MinilmGraphOptions): Uint8Array {
  const precision = options.precision === 'int8' ? int8Precision : fullPrecision;
  const graph = new GraphBuilder(`all-MiniLM-L6-v2 ${options.precision}`);
  const ids = graph.input('input_ids', 'int64', ['batch', 'sequence']);
  const mask = graph.input('attention_mask', 'int64', ['batch', 'sequence']);

  let hidden = embed(graph, weights, ids, precision);
  const attentionMask = precision.prepareMask(graph, mask);
  for (const layer of weights.layers) hidden = encode(graph, layer, hidden, attentionMask, precision);

  const tokenShape = ['batch', 'sequence', minilm.hidden];
  if (options.output === 'sentence_embedding') {
    graph.output('sentence_embedding', pool(graph, hidden, mask), 'float32', ['batch', minilm.hidden]);
    graph.output('token_embeddings', hidden, 'float32', tokenShape);
  } else {
    graph.output('last_hidden_state', hidden, 'float32', tokenShape);
  }
  return graph.build();
}

function embed(graph: GraphBuilder, weights: MinilmWeights, ids: string, precision: Precision): string {
  const { hidden, positions } = minilm;
  const embeddings = halvesToFloats(weights.positions.bits);
  const type = halvesToFloats(weights.tokenTypes.bits);
  for (let i = 0; i < embeddings.length; i++) embeddings[i] = (embeddings[i] ?? 0) + (type[i % hidden] ?? 0);
  const table = graph.constant({ type: 'float32', shape: [positions, hidden], data: embeddings });
  const length = graph.node('Shape', [ids], { attributes: { start: 1, end: 2 } });
  const position = graph.node('Slice', [table, graph.integers(0), length, graph.integers(0)]);
  const sum = graph.node('Add', [precision.embedWords(graph, weights.words, ids), position]);
  return normalise(graph, sum, weights.norm);
}

function encode(
  graph: GraphBuilder,
  layer: EncoderLayer,
  hidden: string,
  mask: string,
  precision: Precision,
): string {
  const projected = precision.linear(graph, hidden, layer.queryKeyValue);
  const [query = '', key = '', value = ''] = graph.nodes('Split', [projected], 3, {
    attributes: { axis: -1 },
  });
  const context = precision.attend(graph, query, key, value, mask);
  const attended = graph.node('Add', [precision.linear(graph, context, layer.attentionOutput), hidden]);
  const middle = normalise(graph, attended, layer.attentionNorm);
  const wide = precision.linear(graph, middle, layer.intermediate);
  const active = precision.activate(graph, wide);
  const sum = graph.node('Add', [precision.linear(graph, active, layer.output), middle]);
  return normalise(graph, sum, layer.outputNorm);
}

function normalise(graph: GraphBuilder, values: string, norm: LayerNorm): string {
  const scale = floatConstant(graph, norm.scale);
  const bias = floatConstant(graph, norm.bias);
  const attributes = { axis: -1, epsilon: { float: minilm.layerNormEpsilon } };
  return graph.node('LayerNormalization', [values, scale, bias], { attributes });
}

/** Masked mean over the tokens, then L2. The mean's divisor would cancel in the L2 norm, so the sum is enough. */
function pool(graph: GraphBuilder, hidden: string, mask: string): string {
  const weights = graph.node('Unsqueeze', [
    graph.node('Cast', [mask], { attributes: { to: dataTypes.float32 } }),
    graph.integers(1),
  ]);
  const sum = graph.node('Squeeze', [graph.node('MatMul', [weights, hidden]), graph.integers(1)]);
  const length = graph.node('ReduceL2', [sum], { attributes: { axes: { ints: [-1] }, keepdims: 1 } });
  const divisor = graph.node('Max', [length, graph.scalar(1e-12)]);
  return graph.node('Div', [sum, divisor]);
}
