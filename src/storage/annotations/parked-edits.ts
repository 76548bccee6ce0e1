import type { AnnotationWrite } from '../../core/annotation/write';

/** Before the id of the page; the rest of localStorage is not ours. */
const prefix = 'digest-atlas pending ';

/** What one page left behind, as it was read: the caller checks it. */
export interface ParkedEdits {
  key: string;
  /** The stored text, to recognise whether it has been replaced since. */
  text: string;
  edits: unknown;
}

/**
 * Saves edits at once, in place of those this page saved so before; with none, they are removed. For a page that is being
 * left: IndexedDB would wait for the transactions before, and such a page can wait for nothing. False where it cannot be
 * done (storage denied or full).
 */
export function parkEdits(page: string, edits: readonly AnnotationWrite[]): boolean {
  const storage = availableStorage();
  if (storage === null) return false;
  try {
    if (edits.length > 0) storage.setItem(prefix + page, JSON.stringify(edits));
    else storage.removeItem(prefix + page);
    return true;
  } catch {
    // Full: the older edits of this page must not come back in place of these.
    try {
      storage.removeItem(prefix + page);
    } catch {
      // Denied altogether: then there is nothing to remove.
    }
    return false;
  }
}

/** Of all pages, those that are open included. */
export function parkedEdits(): ParkedEdits[] {
  const storage = availableStorage();
  if (storage === null) return [];
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
  return keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const text = storage.getItem(key) ?? '';
      return { key, text, edits: parsed(text) };
    });
}

/**
 * To be called once they are applied and committed. Their page may still be open and have parked more since: that stays, for
 * the next page to apply.
 */
export function removeParkedEdits({ key, text }: ParkedEdits): void {
  const storage = availableStorage();
  if (storage?.getItem(key) === text) storage.removeItem(key);
}

/** Text that is no JSON, cut off perhaps, stays text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Null where the browser denies it: there, to name it throws. */
function availableStorage(): Storage | null {
  try {
    return (globalThis as { localStorage?: Storage }).localStorage ?? null;
  } catch {
    return null;
  }
}
