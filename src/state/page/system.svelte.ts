import type { Attempt } from '../../engine/backends';
import type { Engine } from '../../engine/engine';
import type { Store } from '../../storage/store';
import { askToPersist, estimateUsage } from '../../storage/persist';

/** What Settings → Diagnostics shows: facts of this browser, none of them a choice. */
export class System {
  #attempts = $state.raw<readonly Attempt[]>([]);
  #storeKind = $state<Store['kind'] | null>(null);
  #isPersisted = $state<boolean | null>(null);
  #usedBytes = $state<number | null>(null);

  constructor(engine: Engine) {
    engine.onDiagnostics(() => {
      this.#attempts = engine.diagnostics();
    });
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  get storeKind(): Store['kind'] | null {
    return this.#storeKind;
  }

  /** Whether the browser has promised not to clear the library by itself; null when it does not say. */
  get isPersisted(): boolean | null {
    return this.#isPersisted;
  }

  get usedBytes(): number | null {
    return this.#usedBytes;
  }

  storeIs(kind: Store['kind']): void {
    this.#storeKind = kind;
  }

  /** Asked once there is something worth keeping: after the reader's own files. */
  async persist(): Promise<void> {
    if (this.#isPersisted === null) this.#isPersisted = await askToPersist();
  }

  async measure(): Promise<void> {
    this.#usedBytes = (await estimateUsage())?.usedBytes ?? null;
  }
}
