import { AppError } from '../../core/errors';

export interface RetryOptions {
  /** How often to try in all. */
  attempts: number;
  signal?: AbortSignal | undefined;
  /** Whether another attempt would fail in the same way; by default never. */
  isFinal?: ((error: unknown) => boolean) | undefined;
}

/**
 * Tries again after a failure, as on the fresh worker that a pool then starts. Rejects with the last failure; at once
 * after an abort or a final failure.
 */
export async function withRetries<Result>(
  attempt: () => Promise<Result>,
  { attempts, signal, isFinal = () => false }: RetryOptions,
): Promise<Result> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted || count >= attempts || isFinal(error)) throw error;
    }
  }
}

/** An expected failure other than the loss of a worker: a fresh worker does not help. */
export function isUnrelatedToWorker(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'worker-lost';
}
