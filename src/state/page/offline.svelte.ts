/** How far this device is from doing without a network. */
export class Offline {
  #code = $state<'unsupported' | 'storing' | 'ready'>('storing');
  #assets = $state<'unsupported' | 'storing' | 'ready'>('storing');
  #update = $state.raw<(() => void) | null>(null);

  /** `ready` once every byte that this device needs is stored. */
  get state(): 'unsupported' | 'storing' | 'ready' {
    if (this.#code === 'unsupported' || this.#assets === 'unsupported') return 'unsupported';
    return this.#code === 'ready' && this.#assets === 'ready' ? 'ready' : 'storing';
  }

  /** Takes the waiting new version into use; null when there is none. */
  get update(): (() => void) | null {
    return this.#update;
  }

  codeIs(state: 'unsupported' | 'ready'): void {
    this.#code = state;
  }

  assetsAre(state: 'unsupported' | 'ready'): void {
    this.#assets = state;
  }

  offerUpdate(update: () => void): void {
    this.#update = update;
  }
}
