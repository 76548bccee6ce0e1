/** How far the page has come, in this order. */
const order = ['shell', 'list', 'map-provisional', 'map'] as const;
export type Stage = (typeof order)[number];

/**
 * The time marks `atlas:shell` < `atlas:list` < `atlas:map-provisional` < `atlas:map`, each set once, the last of
 * them also as `data-stage` of the root element. The provisional one may be left out; a map that is drawn before
 * the list waits for it.
 */
export class Stages {
  readonly #reached = new Set<Stage>();
  #last = -1;
  #isReadyOffline = false;

  reach(stage: Stage): void {
    this.#reached.add(stage);
    for (const [rank, next] of order.entries()) {
      if (rank <= this.#last) continue;
      if (this.#reached.has(next)) this.#mark(next, rank);
      else if (next !== 'map-provisional') return;
    }
  }

  /** `atlas:offline-ready`, in no order with the others: every byte this device needs offline is stored. */
  readyOffline(): void {
    if (this.#isReadyOffline) return;
    this.#isReadyOffline = true;
    performance.mark('atlas:offline-ready');
  }

  #mark(stage: Stage, rank: number): void {
    this.#last = rank;
    performance.mark(`atlas:${stage}`);
    document.documentElement.dataset['stage'] = stage;
  }
}
