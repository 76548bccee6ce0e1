/**
 * Asks the browser not to evict the stored data. True when it agrees (or has agreed before), false when it refuses,
 * null where it cannot be asked. Firefox asks the reader: call this when there is data worth keeping.
 */
export async function askToPersist(): Promise<boolean | null> {
  const storage = storageManager();
  if (typeof storage?.persist !== 'function') return null;
  try {
    if (typeof storage.persisted === 'function' && (await storage.persisted())) return true;
    return await storage.persist();
  } catch {
    // Refused with an error, as in frames of another site: the same as not being able to ask.
    return null;
  }
}

/** Disk space that this origin uses; null where the browser does not report it. */
export async function estimateUsage(): Promise<{ usedBytes: number } | null> {
  const storage = storageManager();
  if (typeof storage?.estimate !== 'function') return null;
  try {
    const { usage } = await storage.estimate();
    return usage === undefined ? null : { usedBytes: usage };
  } catch {
    // Storage is denied altogether: there is nothing to estimate.
    return null;
  }
}

/** Missing on plain-http origins and in old browsers, although the types require it. */
function storageManager(): Partial<StorageManager> | undefined {
  return (globalThis.navigator as Navigator | undefined)?.storage as StorageManager | undefined;
}
