import type * as OnnxRuntime from 'onnxruntime-web';
import { AppError } from '../../core/errors';
import type { Device } from '../protocol';

export type Runtime = typeof OnnxRuntime;

/**
 * Loads the runtime of a device, with bytes that were checked. Once a worker: a second start in the same worker
 * fails if the first did. Imported dynamically, as a chunk of its own: bundled into the worker it may wait for itself for ever.
 */
export async function loadRuntime(device: Device, wasm: Uint8Array): Promise<Runtime> {
  const runtime: Runtime =
    device === 'webgpu' ? await import('onnxruntime-web/jspi') : await import('onnxruntime-web/wasm');
  // Threads need headers that a static host does not send; the pool does their work.
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmBinary = wasm;
  // Warnings would go to the console as errors.
  runtime.env.logLevel = 'error';
  return runtime;
}

/**
 * Runs what only the runtime can fail at, for want of memory or of what it needs of the browser; `backend-refused`
 * then, whatever it throws (a bare number, at times).
 */
export async function asksRuntime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('backend-refused', `The runtime failed: ${why}`, { cause });
  }
}
