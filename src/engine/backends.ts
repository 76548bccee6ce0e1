import type { Backend, Precision } from './protocol';

/** What the reader chose in Settings → Engine. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** The GPU as the browser reports it. */
export type Gpu =
  | {
      usable: true;
      name: string;
      /** A driver that computes on the CPU, slower than wasm. */ isSoftware: boolean;
    }
  | { usable: false; reason: string };

/** One attempt to start a backend, for Settings → Diagnostics. */
export interface Attempt {
  backend: Backend;
  /** Name of the GPU; absent on wasm. */
  adapter?: string;
  ok: boolean;
  /** Why it failed, for the reader; '' when ok. */
  reason: string;
  ms: number;
}

/** Why WebGPU is not tried, for the reader, or null when it should be tried. */
export function gpuRefusal(choice: BackendChoice, prefer: Precision | null, gpu: Gpu): string | null {
  if (choice === 'wasm') return 'WASM was chosen.';
  if (!gpu.usable) return gpu.reason;
  if (choice === 'webgpu') return null;
  if (prefer === 'int8') return 'The vectors of this library were made on the CPU.';
  return gpu.isSoftware ? `“${gpu.name}” computes on the CPU.` : null;
}

/**
 * The backends to try, best first. A library stays at the precision it began with: fp32 continues with the same
 * graph on the CPU when the GPU is gone. int8 never runs on WebGPU, where it is silently wrong (onnxruntime #25227).
 * The other precision on wasm comes last: vectors with another key are better than none.
 */
export function candidates(prefer: Precision | null, tryGpu: boolean): Backend[] {
  const int8: Backend = { device: 'wasm', precision: 'int8' };
  const fp32: Backend = { device: 'wasm', precision: 'fp32' };
  const onWasm = prefer === 'fp32' ? [fp32, int8] : [int8, fp32];
  return tryGpu ? [{ device: 'webgpu', precision: 'fp32' }, ...onWasm] : onWasm;
}
