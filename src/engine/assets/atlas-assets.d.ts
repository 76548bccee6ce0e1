/** Made by src/build/plugins/model-plugin.ts: what the build wrote, so that the app can check what it is served. */
declare module 'virtual:atlas-assets' {
  /** `path` is relative to the app's base. */
  export interface BuiltAsset {
    path: string;
    /** Hex. */
    sha256: string;
    bytes: number;
  }
  export interface BuiltModel extends BuiltAsset {
    /** Names the weights and the graph: part of every vector's key. */
    modelSha256: string;
  }
  /**
   * all-MiniLM-L6-v2: input_ids, attention_mask (int64 [batch, seq]) → sentence_embedding (float32 [batch, 384]) and
   * token_embeddings (float32 [batch, seq, 384]), whose mean over the mask has the direction of the former.
   */
  export const models: { int8: BuiltModel; fp32: BuiltModel };
  export const tokenizer: BuiltAsset;
  /** onnxruntime-web's wasm files, by the device that needs them. */
  export const runtimes: { wasm: BuiltAsset; webgpu: BuiltAsset };
  /**
   * ONNX bytes of the exact k-NN graph: queries [q, dim], vectors [n, dim] (float32), k (int64 [1]) →
   * similarities (float32 [q, k]), indices (int64 [q, k]), best first.
   */
  export const nearestGraph: Uint8Array;
}
