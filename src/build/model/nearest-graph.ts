import { GraphBuilder } from './graph-builder';

/** ONNX bytes of the exact k-NN graph. Inputs and outputs: see `nearestGraph` in src/engine/assets/atlas-assets.d.ts. */
export function buildNearestGraph(): Uint8Array {
  const graph = new GraphBuilder('nearest');
  const queries = graph.input('queries', 'float32', ['queries', 'dim']);
  const vectors = graph.input('vectors', 'float32', ['vectors', 'dim']);
  const k = graph.input('k', 'int64', [1]);
  const products = graph.node('Gemm', [queries, vectors], { attributes: { transB: 1 } });
  const [similarities = '', indices = ''] = graph.nodes('TopK', [products, k], 2);
  graph.output('similarities', similarities, 'float32', ['queries', 'k']);
  graph.output('indices', indices, 'int64', ['queries', 'k']);
  return graph.build();
}
