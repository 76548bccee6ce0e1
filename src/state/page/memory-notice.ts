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
