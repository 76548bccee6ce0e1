import { explain } from './explain';
import type { Notices } from './notices.svelte';

export function reportMemoryOnly(notices: Notices): void {
  notices.show({
    subject: 'memory',
    kind: 'fact',
    text: 'This browser lets the app save nothing, so the library is lost when this page is closed. A normal window usually helps.',
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

/** What cannot be read is left alone: the session goes on in memory, and overwrites nothing. */
export function reportUnreadable(notices: Notices, error: unknown, reload: () => void): void {
  notices.show({
    subject: 'store',
    kind: 'failure',
    text: `The library of this browser could not be read: ${explain(error)} It is left as it is, and this page saves nothing.`,
    action: { label: 'Reload', run: reload },
  });
}
