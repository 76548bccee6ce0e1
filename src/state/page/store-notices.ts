import type { AppError, AppErrorCode } from '../../core/errors';
import { explain } from './explain';
import type { Notices } from './notices.svelte';

const memoryTexts: Partial<Record<AppErrorCode, string>> = {
  'storage-newer':
    'It is left as it is, and this page saves nothing. Reload to get the newer version; if this notice comes back, close the app’s other tabs first.',
  'storage-blocked': 'This page saves nothing. Close the other tabs of the app and reload.',
};

/** `reason`: why there is no database. */
export function reportMemoryOnly(notices: Notices, reason: AppError | null, reload: () => void): void {
  const text = reason === null ? undefined : memoryTexts[reason.code];
  if (reason !== null && text !== undefined) {
    notices.show({
      subject: 'memory',
      kind: 'failure',
      text: `${explain(reason)} ${text}`,
      action: { label: 'Reload', run: reload },
    });
    return;
  }
  notices.show({
    subject: 'memory',
    kind: 'fact',
    text: 'This browser lets the app save nothing, so the library is lost when this page is closed. A normal window usually helps.',
    action: null,
  });
}

/** Site data were cleared while the page was open, and what it held was written back. */
export function reportRestored(notices: Notices, restored: string): void {
  notices.show({
    subject: 'store',
    kind: 'fact',
    text: `The data of this site were cleared while this page was open. What the page held was saved again: ${restored}.`,
    action: null,
  });
}

/** The browser has closed the database, or another tab needs it closed. */
export function reportLostStore(notices: Notices, reload: () => void): void {
  notices.show({
    subject: 'store',
    kind: 'failure',
    text: 'The library of this browser was closed from outside, so changes are not saved. What is on the page stays until you leave it.',
    action: { label: 'Reload', run: reload },
  });
}

/**
 * What cannot be read is left alone: the session goes on in memory, and overwrites nothing. `held`: what was in it when
 * it was last written, '' when that is unknown.
 */
export function reportUnreadable(notices: Notices, error: unknown, held: string, reload: () => void): void {
  notices.show({
    subject: 'store',
    kind: 'failure',
    text: `The library of this browser could not be read: ${explain(error)} ${held === '' ? 'It' : `It held ${held}, and`} is left as it is; this page saves nothing.`,
    action: { label: 'Reload', run: reload },
  });
}
