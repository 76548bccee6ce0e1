import { AppError } from '../../core/errors';
import type { Cancel, InputOf, OutputOf, ProgressOf, Reply } from '../protocol';

/** What the client needs of a Worker. */
export interface WorkerPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message' | 'messageerror', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

export interface CallOptions<Progress> {
  /** Aborting rejects the call at once with the signal's reason; what the worker still answers is ignored. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Buffers of the input that go to the worker and no longer belong to the caller. */
  transfer?: Transferable[];
  /** A worker that sends neither progress nor an answer for so long is taken for dead. */
  silenceMs?: number;
}

interface Pending {
  take(reply: Reply): void;
  reject(error: unknown): void;
}

/**
 * The page's end of one worker. The worker starts with the first call. When it dies (`error`, `messageerror`,
 * silence), what was pending is rejected with `worker-lost`, and the next call starts a fresh one.
 */
export class WorkerClient<Calls> {
  readonly #spawn: () => WorkerPort;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerPort | null = null;
  #lastId = 0;

  constructor(spawn: () => WorkerPort) {
    this.#spawn = spawn;
  }

  call<Name extends keyof Calls & string>(
    name: Name,
    input: InputOf<Calls[Name]>,
    options: CallOptions<ProgressOf<Calls[Name]>> = {},
  ): Promise<OutputOf<Calls[Name]>> {
    const { signal, onProgress, transfer = [], silenceMs } = options;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const listen = () => {
        if (silenceMs === undefined) return;
        clearTimeout(timer);
        timer = setTimeout(() => this.#lose(`no answer to “${name}” for ${silenceMs / 1000} s`), silenceMs);
      };
      const onAbort = () => {
        this.#worker?.postMessage({ kind: 'cancel', id } satisfies Cancel, []);
        settle(() => reject(signal?.reason));
      };
      const settle = (how: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#pending.delete(id);
        how();
      };
      this.#pending.set(id, {
        reject: (error) => settle(() => reject(error)),
        take: (reply) => {
          switch (reply.kind) {
            case 'result':
              // The wire carries no types: protocol.ts is what both ends were compiled against.
              return settle(() => resolve(reply.output as OutputOf<Calls[Name]>));
            case 'error':
              return settle(() => reject(errorOf(reply)));
            case 'progress':
              listen();
              return onProgress?.(reply.progress as ProgressOf<Calls[Name]>);
            default:
              return reply satisfies never;
          }
        },
      });
      signal?.addEventListener('abort', onAbort);
      listen();
      try {
        this.#started().postMessage({ kind: 'call', id, name, input }, transfer);
      } catch (error) {
        settle(() => reject(error));
      }
    });
  }

  /** Ends the worker, whatever it does. Pending calls are rejected with `worker-lost`. */
  terminate(): void {
    this.#lose('it was ended');
  }

  #started(): WorkerPort {
    if (this.#worker) return this.#worker;
    const worker = this.#spawn();
    const ifCurrent = (act: () => void) => {
      if (this.#worker === worker) act();
    };
    worker.addEventListener('message', (event: MessageEvent<Reply>) =>
      ifCurrent(() => this.#pending.get(event.data.id)?.take(event.data)),
    );
    worker.addEventListener('messageerror', () => ifCurrent(() => this.#lose('an answer could not be read')));
    worker.addEventListener('error', (event) =>
      ifCurrent(() => {
        event.preventDefault?.();
        this.#lose(event.message || 'it could not be started');
      }),
    );
    this.#worker = worker;
    return worker;
  }

  #lose(why: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    const lost = [...this.#pending.values()];
    for (const call of lost) call.reject(new AppError('worker-lost', `A worker was lost: ${why}.`));
  }
}

function errorOf(reply: Reply & { kind: 'error' }): Error {
  const error = reply.code === null ? new Error(reply.message) : new AppError(reply.code, reply.message);
  if (reply.stack !== undefined) error.stack = reply.stack;
  return error;
}
