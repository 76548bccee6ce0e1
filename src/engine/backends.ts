import type { Backend, Precision } from './protocol';

/** What the reader chose in Settings → Engine. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** The GPU as the browser names it. */
export interface Adapter {
  name: string;
  /** Computed on the CPU: slower than wasm there. */
  isSoftware: boolean;
}

/** One try at a backend, for Settings → Diagnostics. */
export interface Attempt {
  backend: Backend;
  /** Name of the GPU; absent on wasm. */
  adapter?: string;
  ok: boolean;
  /** Why not, in words; '' when ok. */
  reason: string;
  ms: number;
}

/**
 * The backends worth trying, best first. A library keeps the precision it began with: fp32 goes on with the same
 * graph on the CPU when the GPU is gone. int8 never runs on WebGPU, where it is silently wrong (onnxruntime #25227).
 * The other precision on wasm comes last: better another key than no vector.
 */
export function candidates(
  choice: BackendChoice,
  prefer: Precision | null,
  adapter: Adapter | null,
): Backend[] {
  const gpu: Backend = { device: 'webgpu', precision: 'fp32' };
  const int8: Backend = { device: 'wasm', precision: 'int8' };
  const fp32: Backend = { device: 'wasm', precision: 'fp32' };
  const onWasm = prefer === 'fp32' ? [fp32, int8] : [int8, fp32];
  const wantsGpu =
    choice === 'webgpu'
      ? adapter !== null
      : choice === 'auto' && prefer !== 'int8' && adapter !== null && !adapter.isSoftware;
  return wantsGpu ? [gpu, ...onWasm] : onWasm;
}
