interface SliceOptions<Slice> {
  /** How long to work before a pause: on the page 12 ms, so that a key press is answered within a frame. */
  sliceMs: number;
  now(): number;
  /** Lets other things run: events of the page, messages to a worker. */
  pause(): Promise<unknown>;
  signal?: AbortSignal | undefined;
  /** Called before each pause with what the computation yielded last. */
  onSlice?: ((slice: Slice) => void) | undefined;
}

/**
 * Runs a computation of core (see core/async/slices.ts) a slice at a time. When the signal is aborted during a pause,
 * rejects with its reason and does not continue the computation.
 */
export async function runInSlices<Slice, Result>(
  work: Iterator<Slice, Result, void>,
  { sliceMs, now, pause, signal, onSlice }: SliceOptions<Slice>,
): Promise<Result> {
  for (;;) {
    const sliceEnd = now() + sliceMs;
    let step = work.next();
    while (!step.done && now() < sliceEnd) step = work.next();
    if (step.done) return step.value;
    onSlice?.(step.value);
    await pause();
    signal?.throwIfAborted();
  }
}

const pageSliceMs = 12;

/** On the page: it can draw and handle events between slices. */
export function runOnPage<Result>(
  work: Iterator<unknown, Result, void>,
  signal?: AbortSignal,
): Promise<Result> {
  return runInSlices(work, {
    sliceMs: pageSliceMs,
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    signal,
  });
}
