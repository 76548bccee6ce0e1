type ReaderModule = typeof import('./ReaderPane.svelte');

let loading: Promise<ReaderModule> | null = null;

/** The reader is no part of what the first sight of the page waits for; begun early, it is there when it is asked for. */
export function loadReader(): Promise<ReaderModule> {
  loading ??= import('./ReaderPane.svelte').catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
