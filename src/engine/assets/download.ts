/** A slow connection brings something more often than this. */
export const stallMs = 20_000;
/** After five minutes without a byte, the reader has to decide. */
const stallLimit = 15;

export interface DownloadOptions {
  fetch(url: string, init: RequestInit): Promise<Response>;
  url: string;
  /** The length of the whole file. */
  length: number;
  /** Of the first request. */
  cache: RequestCache;
  signal?: AbortSignal | undefined;
  /** Called about a hundred times with the bytes received so far. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Nothing has come for `stallMs`; the download is being tried again from where it stood. */
  onStall?: (() => void) | undefined;
  /** Throws when the response is not one of the file. */
  check(response: Response): void;
}

/**
 * Downloads a file of known length. When nothing comes for a while, or the connection breaks off after something came, the
 * rest is requested again (RFC 9110, 14.2); a server that does not know ranges sends the whole file again. Null when the
 * file has another length. Rejects as `fetch` does.
 */
export async function download(options: DownloadOptions): Promise<Uint8Array<ArrayBuffer> | null> {
  const { length, signal, onBytes, onStall } = options;
  const file = { bytes: new Uint8Array(length), received: 0, reported: 0 };
  for (let stalls = 0; ;) {
    const before = file.received;
    const end = await receive(file, options, (bytes) => {
      if (bytes - file.reported < length / 100 && bytes !== length) return;
      file.reported = bytes;
      onBytes?.(bytes);
    });
    signal?.throwIfAborted();
    if (end.kind === 'complete') return file.bytes;
    if (end.kind === 'other length') return null;
    const isFurther = file.received > before;
    stalls = isFurther ? 0 : stalls + 1;
    // a connection that fails at once would fail again
    if (stalls > stallLimit || (end.kind === 'failed' && !isFurther)) throw end.error;
    onStall?.();
  }
}

interface PartOfFile {
  bytes: Uint8Array<ArrayBuffer>;
  received: number;
  reported: number;
}

type End =
  | { kind: 'complete' }
  | { kind: 'other length' }
  | { kind: 'stalled'; error: unknown }
  | { kind: 'failed'; error: unknown };

/** One request, for what is missing. */
async function receive(
  file: PartOfFile,
  { fetch, url, cache, signal, check }: DownloadOptions,
  onReceived: (bytes: number) => void,
): Promise<End> {
  const stall = new AbortController();
  const onAbort = () => stall.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  let hasStalled = false;
  const restart = () =>
    setTimeout(() => {
      hasStalled = true;
      stall.abort();
    }, stallMs);
  let timer = restart();
  try {
    const isRest = file.received > 0;
    const response = await fetch(url, {
      cache: isRest ? 'no-store' : cache,
      signal: stall.signal,
      ...(isRest ? { headers: { range: `bytes=${file.received}-` } } : {}),
    });
    check(response);
    if (response.status !== 206 || !startsAt(file.received, response)) file.received = 0;
    const reader = response.body?.getReader();
    const aborted = new Promise<never>((_, reject) => {
      stall.signal.addEventListener('abort', () => reject(new DOMException('stalled', 'AbortError')));
    });
    aborted.catch(() => undefined);
    for (;;) {
      // a body that is handed on by a service worker does not always end with the request
      const chunk = await Promise.race([
        reader?.read() ?? { done: true as const, value: undefined },
        aborted,
      ]);
      if (chunk.done) break;
      clearTimeout(timer);
      timer = restart();
      if (file.received + chunk.value.length > file.bytes.length) {
        await reader?.cancel();
        return { kind: 'other length' };
      }
      file.bytes.set(chunk.value, file.received);
      file.received += chunk.value.length;
      onReceived(file.received);
    }
    return { kind: file.received === file.bytes.length ? 'complete' : 'other length' };
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError') throw error;
    return { kind: hasStalled ? 'stalled' : 'failed', error };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function startsAt(byte: number, { headers }: Response): boolean {
  return headers.get('content-range')?.startsWith(`bytes ${byte}-`) ?? false;
}
