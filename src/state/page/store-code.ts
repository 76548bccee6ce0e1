import type { CodeIsStored, ServiceWorkerMessage } from '../../engine/service-worker-messages';
import { scriptUrl } from '../../engine/rpc/spawn';
import type { Offline } from './offline.svelte';

/** What storing the code needs to know of the page. */
export interface PageControls {
  reload: () => void;
  /** Whether a reload would interrupt or lose something. */
  isBusy: () => boolean;
  /** The first service worker has taken control of this page. */
  onControlled: () => void;
}

/** The reply comes at once, or after what is missing was fetched. */
const replyMs = 60_000;

/**
 * Registers the service worker that stores the code and the corpus, looks whether everything is stored, and reports when a
 * new version waits. To be called at the start, and again after the reader has cleared the data of the site.
 */
export async function storeCode(offline: Offline, workerUrl: string, page: PageControls): Promise<void> {
  if (!('serviceWorker' in navigator)) return offline.codeIs('unsupported');
  const { serviceWorker } = navigator;
  try {
    const registration = await serviceWorker.register(scriptUrl(workerUrl));
    const offer = () => {
      const { waiting } = registration;
      // without a controller it is the first version, which needs no reload
      if (waiting && serviceWorker.controller) {
        offline.offerUpdate({ isInUse: false, run: () => takeOver(waiting, page) });
      }
    };
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', offer),
    );
    offer();
    const { active } = await serviceWorker.ready;
    if (active === null) return;
    const isStored = await completeCode(active);
    if (isStored !== null) offline.codeIs(isStored ? 'ready' : 'storing');
  } catch {
    // blocked by the browser or not at an address where it may run: the app works, only not without a network
    offline.codeIs('unsupported');
  }
}

/** Null when the worker does not reply: one of an earlier version does not know the question. */
function completeCode(worker: ServiceWorker): Promise<boolean | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(null), replyMs);
    port1.onmessage = ({ data }: MessageEvent<CodeIsStored>) => {
      clearTimeout(timer);
      port1.close();
      resolve(data.isStored);
    };
    worker.postMessage({ type: 'store-code' } satisfies ServiceWorkerMessage, [port2]);
  });
}

function takeOver(waiting: ServiceWorker, { reload }: PageControls): void {
  // another tab may have been faster
  if (waiting.state === 'activated') return reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => reload(), { once: true });
  waiting.postMessage({ type: 'skip-waiting' } satisfies ServiceWorkerMessage);
}

/**
 * When another tab takes a new version into use, this page is reloaded as soon as it is neither seen nor busy, and until
 * then says that it should be. To be called once.
 */
export function followVersions(offline: Offline, { reload, isBusy, onControlled }: PageControls): void {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  // the first worker of a first visit takes control of a page that runs the same version
  let isFirst = serviceWorker.controller === null;
  const reloadIfUnseen = () => {
    if (document.visibilityState === 'hidden' && !isBusy()) reload();
  };
  serviceWorker.addEventListener('controllerchange', () => {
    if (isFirst) {
      isFirst = false;
      return onControlled();
    }
    offline.offerUpdate({ isInUse: true, run: reload });
    reloadIfUnseen();
    document.addEventListener('visibilitychange', reloadIfUnseen);
  });
}
