import { AppError } from '../../core/errors';
import type { Cancel, InputOf, OutputOf, ProgressOf, Reply } from '../protocol';

/** The part of Worker that the client uses. */
export interface WorkerPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message' | 'messageerror', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

export interface CallOptions<Progress> {
  /** Aborting rejects the call at once with the signal's reason; a later reply is ignored. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Buffers of the input that the worker owns from now on; the caller can no longer use them. */
  transfer?: Transferable[];
  /** A worker that sends neither progress nor a reply for this long is considered dead. */
  silenceMs?: number;
}

interface Pending {
  receive(reply: Reply): void;
  reject(error: unknown): void;
}

/**
 * The page's end of one worker. The worker starts with the first call. When it dies (`error`, `messageerror`,
 * silence), pending calls are rejected with `worker-lost`, and the next call starts a fresh one.
 */
export class WorkerClient<Calls> {
  readonly #spawn: () => WorkerPort;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerPort | null = null;
  /** Of those who wait for the worker to be replaced. */
  #onceReplaced: (() => void)[] = [];
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
      const restartTimer = () => {
        if (silenceMs === undefined) return;
        clearTimeout(timer);
        timer = setTimeout(() => this.#lose(`no reply to “${name}” for ${silenceMs / 1000} s`), silenceMs);
      };
      const onAbort = () => {
        this.#worker?.postMessage({ kind: 'cancel', id } satisfies Cancel, []);
        end(() => reject(signal?.reason));
      };
      const end = (complete: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#pending.delete(id);
        complete();
        this.#endIfStale();
      };
      this.#pending.set(id, {
        reject: (error) => end(() => reject(error)),
        receive: (reply) => {
          switch (reply.kind) {
            case 'result':
              // Messages carry no types; both sides are compiled against protocol.ts.
              return end(() => resolve(reply.output as OutputOf<Calls[Name]>));
            case 'error':
              return end(() => reject(errorOf(reply)));
            case 'progress':
              restartTimer();
              return onProgress?.(reply.progress as ProgressOf<Calls[Name]>);
            default:
              return reply satisfies never;
          }
        },
      });
      signal?.addEventListener('abort', onAbort);
      restartTimer();
      try {
        this.#startedWorker().postMessage({ kind: 'call', id, name, input }, transfer);
      } catch (error) {
        end(() => reject(error));
      }
    });
  }

  /** Ends the worker, busy or not. Pending calls are rejected with `worker-lost`. */
  terminate(): void {
    this.#lose('it was ended');
  }

  /** Ends the worker once no call is pending; resolves when it is gone. The next call starts a fresh one. */
  replaceWhenIdle(): Promise<void> {
    if (this.#worker === null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onceReplaced.push(resolve);
      this.#endIfStale();
    });
  }

  #endIfStale(): void {
    if (this.#onceReplaced.length > 0 && this.#pending.size === 0) this.terminate();
  }

  #startedWorker(): WorkerPort {
    if (this.#worker) return this.#worker;
    const worker = this.#spawn();
    const ifCurrent = (action: () => void) => {
      if (this.#worker === worker) action();
    };
    worker.addEventListener('message', (event: MessageEvent<Reply>) =>
      ifCurrent(() => this.#pending.get(event.data.id)?.receive(event.data)),
    );
    worker.addEventListener('messageerror', () => ifCurrent(() => this.#lose('a reply could not be read')));
    worker.addEventListener('error', (event) =>
      ifCurrent(() => {
        event.preventDefault?.();
        this.#lose(event.message || 'it could not be started');
      }),
    );
    this.#worker = worker;
    return worker;
  }

  #lose(reason: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const resolve of this.#onceReplaced.splice(0)) resolve();
    const lost = [...this.#pending.values()];
    for (const call of lost) call.reject(new AppError('worker-lost', `A worker was lost: ${reason}.`));
  }
}

function errorOf(reply: Reply & { kind: 'error' }): Error {
  const error = reply.code === null ? new Error(reply.message) : new AppError(reply.code, reply.message);
  if (reply.stack !== undefined) error.stack = reply.stack;
  return error;
}
