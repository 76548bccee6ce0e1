import { mount } from 'svelte';
import { vectorKeyFor } from './engine/assets/built-assets';
import { createEngine } from './engine/create-engine';
import { SearchClient } from './engine/search/search-client';
import type { PageControls } from './state/page/store-code';
import { otherTabs } from './state/page/other-tabs';
import { Session } from './state/session';
import { openStore } from './storage/open';
import App from './ui/App.svelte';
import { loadReader } from './ui/reader/load-reader';
import './ui/tokens.css';
import './ui/base.css';

/** Longer than a healthy database takes to open, too short to be felt. */
const settingsMs = 250;

const controls: PageControls = {
  reload: () => location.reload(),
  isBusy: () => session.isBusy,
  onControlled: () => session.onControlled(),
};

async function storeAppCode(): Promise<void> {
  // The development server changes its files under a service worker, and has none.
  if (!import.meta.env.PROD) return session.offline.codeIs('unsupported');
  const { storeCode } = await import('./state/page/store-code');
  await storeCode(session.offline, new URL('sw.js', document.baseURI).href, controls);
}

const engine = createEngine();
const session: Session = new Session({
  engine,
  store: openStore({ deleteDownloads: () => session.deleteDownloads() }),
  searchClient: (options) => new SearchClient(options),
  otherTabs,
  vectorKeyFor,
  corpusUrl: new URL('corpus/', document.baseURI).href,
  now: () => Date.now(),
  reload: controls.reload,
  storeCode: storeAppCode,
});

addEventListener('error', ({ error, message }) => session.reportFault(error ?? message));
addEventListener('unhandledrejection', ({ reason }) => session.reportFault(reason));

addEventListener('pagehide', () => session.leave());
addEventListener('pageshow', () => session.stay());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') session.leave();
  else session.stay();
});

async function start(target: HTMLElement): Promise<void> {
  // The theme is one of the settings: with them the first frame has its colours.
  const settingsLoaded = session.loadSettings();
  await Promise.race([settingsLoaded, new Promise((resolve) => setTimeout(resolve, settingsMs))]);
  mount(App, {
    target,
    props: {
      app: session,
      onDrawn: () => session.onDrawn(),
      onEngine: () => session.changeEngine(),
    },
  });
  session.stages.reach('shell');
  // On its way while the library is opened.
  const addressSync = import('./state/address-sync.svelte');
  await settingsLoaded;
  await session.open();
  // If the chunk cannot be loaded now, opening a paper tries again and reports it.
  loadReader().catch(() => undefined);
  const { followAddress } = await addressSync;
  followAddress(session);
  if (import.meta.env.PROD) {
    const { followVersions } = await import('./state/page/store-code');
    followVersions(session.offline, controls);
  }
  await storeAppCode();
  session.reportOffline();
}

const target = document.getElementById('app');
if (target === null) throw new Error('expected index.html to have an element #app');
void start(target);
