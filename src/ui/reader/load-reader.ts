type ReaderModule = typeof import('./ReaderPane.svelte');

let loading: Promise<ReaderModule> | null = null;

/** Loads the reader's code apart from the first paint. Called early, so that it is ready when a paper is opened. */
export function loadReader(): Promise<ReaderModule> {
  loading ??= import('./ReaderPane.svelte').catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
