import type { WorkerPort } from './rpc-client';
import { serve, type Handlers } from './rpc-server';

type Listener = (event: never) => void;

/** For tests: a worker in the same thread, whose messages are cloned and arrive later, as real ones do. */
export class FakeWorker<Calls> implements WorkerPort {
  readonly #listeners = new Map<string, Listener[]>();
  readonly #arrive: (event: MessageEvent) => void;
  isTerminated = false;

  constructor(handlers: Handlers<Calls>) {
    let arrive: (event: MessageEvent) => void = () => undefined;
    serve(
      {
        postMessage: (message, transfer) =>
          this.#later(message, transfer, (event) => this.#emit('message', event)),
        addEventListener: (_, listener) => (arrive = listener),
      },
      handlers,
    );
    this.#arrive = arrive;
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#later(message, transfer, this.#arrive);
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** As an uncaught error or a script that does not load. */
  crash(message: string): void {
    this.#emit('error', { message });
  }

  /** As an answer that cannot be cloned back. */
  garble(): void {
    this.#emit('messageerror', {});
  }

  #later(message: unknown, transfer: Transferable[], arrive: (event: MessageEvent) => void): void {
    const data: unknown = structuredClone(message, { transfer });
    setTimeout(() => {
      if (!this.isTerminated) arrive({ data } as MessageEvent);
    });
  }

  #emit(type: string, event: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }
}
