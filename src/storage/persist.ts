/**
 * Asks the browser not to evict what is stored here. True when it promises (or has), false when it does not, null where
 * it cannot be asked. Firefox shows a question: ask when the reader has something to keep.
 */
export async function askToPersist(): Promise<boolean | null> {
  const storage = storageManager();
  if (typeof storage?.persist !== 'function') return null;
  try {
    if (typeof storage.persisted === 'function' && (await storage.persisted())) return true;
    return await storage.persist();
  } catch {
    // Refused outright, as in frames of another site: the same as not being able to ask.
    return null;
  }
}

/** What this origin takes of the disk; null where the browser does not say. */
export async function estimateUsage(): Promise<{ usedBytes: number } | null> {
  const storage = storageManager();
  if (typeof storage?.estimate !== 'function') return null;
  try {
    const { usage } = await storage.estimate();
    return usage === undefined ? null : { usedBytes: usage };
  } catch {
    // Where storage is denied altogether there is nothing to estimate.
    return null;
  }
}

/** Absent from plain-http origins and old browsers, whatever the types say. */
function storageManager(): Partial<StorageManager> | undefined {
  return (globalThis.navigator as Navigator | undefined)?.storage as StorageManager | undefined;
}
