/**
 * Runs one task at a time. Whoever requests it while it runs gets one more run afterwards, together with all others who
 * did: so a burst of changes is saved in two writes and not in a hundred.
 */
export class CoalescedTask {
  readonly #task: () => Promise<void>;
  #running: Promise<void> | null = null;
  #isRequested = false;

  /** A task that rejects does so for everyone who waits, those included whose own run had not begun. */
  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /** Resolves once a run that began after this call has ended. */
  request(): Promise<void> {
    this.#isRequested = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    try {
      // Requests of the same turn share the first run.
      await Promise.resolve();
      while (this.#isRequested) {
        this.#isRequested = false;
        await this.#task();
      }
    } finally {
      // In the same turn as the last look at `#isRequested`, so that no request falls between.
      this.#running = null;
    }
  }
}
