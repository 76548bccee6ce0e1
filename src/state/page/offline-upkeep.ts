import { scriptUrl } from '../../engine/rpc/spawn';
import type { Offline } from './offline.svelte';

/** Registers the service worker that keeps the code and the corpus, and says when a new version waits. */
export async function keepCode(offline: Offline, workerUrl: string): Promise<void> {
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
