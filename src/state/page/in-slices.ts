/** Longer than most slices of work, and short enough for a key press to be answered in time. */
const sliceMs = 12;

/** Runs work that says where it can be interrupted, and lets the page breathe there. Rejects with the signal's reason. */
export async function inSlices<Result>(work: Generator<void, Result>, signal?: AbortSignal): Promise<Result> {
  let begunMs = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - begunMs < sliceMs) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    begunMs = performance.now();
  }
}
