import { scriptUrl } from '../../engine/rpc/spawn';

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

/** Registers the service worker that stores the code and the corpus, and reports when a new version waits. */
export async function storeCode(offline: Offline, workerUrl: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return offline.codeIs('unsupported');
  const { serviceWorker } = navigator;
  try {
    const registration = await serviceWorker.register(scriptUrl(workerUrl));
    const offer = () => {
      const { waiting } = registration;
      // without a controller it is the first version, which needs no reload
      if (waiting && serviceWorker.controller) offline.offerUpdate(() => takeOver(waiting));
    };
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', offer),
    );
    offer();
    await serviceWorker.ready;
    offline.codeIs('ready');
  } catch {
    // blocked by the browser or not at an address where it may run: the app works, only not without a network
    offline.codeIs('unsupported');
  }
}

function takeOver(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage({ type: 'skip-waiting' });
}
