/** Null where the browser denies it: there, reading the property throws. */
export function availableStorage(): Storage | null {
  try {
    return (globalThis as { localStorage?: Storage }).localStorage ?? null;
  } catch {
    return null;
  }
}
