/** Pauses long work: the work awaits `pass` between batches, which resolves only while the gate is open. Open at first. */
export class PauseGate {
  #waiting: (() => void)[] = [];
  #paused = false;

  get isPaused(): boolean {
    return this.#paused;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const pass of waiting) pass();
  }

  /** Resolves at once while open, else after `resume`. Rejects with the signal's reason when aborted. */
  async pass(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#paused) return;
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((waiter) => waiter !== pass);
        reject(signal?.reason);
      };
      const pass = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      this.#waiting.push(pass);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
