import type * as OnnxRuntime from 'onnxruntime-web';
import { AppError } from '../../core/errors';
import type { Device } from '../protocol';

export type Runtime = typeof OnnxRuntime;

/**
 * Loads the runtime of a device, with wasm bytes that were checked. Once per worker: a second start in the same worker
 * fails if the first did. Imported dynamically, as a chunk of its own: bundled into the worker it may wait for itself forever.
 */
export async function loadRuntime(device: Device, wasm: Uint8Array): Promise<Runtime> {
  const runtime: Runtime =
    device === 'webgpu' ? await import('onnxruntime-web/jspi') : await import('onnxruntime-web/wasm');
  // Threads need headers that a static host does not send; the pool replaces them.
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmBinary = wasm;
  // Warnings would appear in the console as errors.
  runtime.env.logLevel = 'error';
  return runtime;
}

/**
 * Runs work that can fail only in the runtime (no memory, a missing browser feature), and turns whatever that throws,
 * sometimes a bare number, into `backend-refused`.
 */
export async function asBackendFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('backend-refused', `The runtime failed: ${reason}`, { cause });
  }
}
