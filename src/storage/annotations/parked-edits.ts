import type { AnnotationWrite } from '../../core/annotation/write';
import { availableStorage } from '../local-storage';

/** Followed by the id of the page. Other keys of localStorage belong to other apps. */
const prefix = 'digest-atlas pending ';

/** The edits that one page left pending, unchecked: the caller validates them. */
export interface ParkedEdits {
  key: string;
  /** The stored text, to detect whether it has been replaced since. */
  text: string;
  edits: unknown;
}

/**
 * Saves edits synchronously. They replace the parked edits of this page; an empty list removes them. For a page that is
 * being left: IndexedDB would wait for earlier transactions, and such a page cannot wait. False where it fails (storage
 * denied or full).
 */
export function parkEdits(page: string, edits: readonly AnnotationWrite[]): boolean {
  const storage = availableStorage();
  if (storage === null) return false;
  try {
    if (edits.length > 0) storage.setItem(prefix + page, JSON.stringify(edits));
    else storage.removeItem(prefix + page);
    return true;
  } catch {
    // Full: the older edits of this page must not be applied instead of these.
    try {
      storage.removeItem(prefix + page);
    } catch {
      // Denied altogether: there is nothing to remove.
    }
    return false;
  }
}

/** Of all pages, including open ones. */
export function parkedEdits(): ParkedEdits[] {
  const storage = availableStorage();
  if (storage === null) return [];
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const text = storage.getItem(key) ?? '';
      return { key, text, edits: parseIfJson(text) };
    });
}

/**
 * Call this once they are applied and committed. When their page is still open and has parked more since, nothing is
 * removed: the next page applies it.
 */
export function removeParkedEdits({ key, text }: ParkedEdits): void {
  const storage = availableStorage();
  if (storage?.getItem(key) === text) storage.removeItem(key);
}

/** Text that is not JSON, for example cut off, is returned as it is. */
function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
