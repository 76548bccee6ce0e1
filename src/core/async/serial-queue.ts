/** The part of AbortSignal used here; core is compiled without DOM types. */
interface Stop {
  throwIfAborted(): void;
}

/** Runs tasks one after the other, in the order of the calls. A task that fails does not stop the next. */
export class SerialQueue {
  #last: Promise<unknown>;

  /** The first task starts once `after` has resolved or rejected. */
  constructor(after: Promise<unknown> = Promise.resolve()) {
    this.#last = after;
  }

  /** Resolves or rejects as the task does. A task whose signal is aborted before its turn is not started. */
  run<Result>(task: () => Promise<Result>, signal?: Stop): Promise<Result> {
    const start = async () => {
      signal?.throwIfAborted();
      return task();
    };
    const turn = this.#last.then(start, start);
    this.#last = turn;
    return turn;
  }

  /** Resolves once every task queued so far has ended, including failed ones. */
  async idle(): Promise<void> {
    await this.#last.catch(() => undefined);
  }
}
