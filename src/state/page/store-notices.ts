import { explain } from './explain';
import type { Notices } from './notices.svelte';

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
    text: 'The library of this browser was closed from outside, so changes are not saved. What is on the page stays until you leave it, and Export saves it to a file.',
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
