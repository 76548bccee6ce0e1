/** `unknown` until the caches have been looked at. */
type Stored = 'unknown' | 'unsupported' | 'storing' | 'ready';

export interface Update {
  /** Whether the new version is in use already, because another tab has accepted it. */
  isInUse: boolean;
  /** Takes it into use and reloads this page. */
  run: () => void;
}

/** How far this device is from doing without a network, and whether a newer version of the app waits. */
export class Offline {
  #code = $state<Stored>('unknown');
  #assets = $state<Stored>('unknown');
  #update = $state.raw<Update | null>(null);

  /** `ready` once every byte that this device needs is stored. */
  get state(): Stored {
    const both = [this.#code, this.#assets];
    const worst = (['unsupported', 'storing', 'unknown'] as const).find((state) => both.includes(state));
    return worst ?? 'ready';
  }

  /** The models and runtimes alone. */
  get assets(): Stored {
    return this.#assets;
  }

  /** Null when this page runs the newest version that the browser has. */
  get update(): Update | null {
    return this.#update;
  }

  codeIs(state: Exclude<Stored, 'unknown'>): void {
    this.#code = state;
  }

  assetsAre(state: Exclude<Stored, 'unknown'>): void {
    this.#assets = state;
  }

  offerUpdate(update: Update): void {
    this.#update = update;
  }
}
