/** Runs tasks one after the other in the order of the calls; a task whose signal is aborted when its turn comes is left out. */
export function createQueue(): <T>(signal: AbortSignal, task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (signal, task) => {
    const run = async () => {
      signal.throwIfAborted();
      return task();
    };
    const turn = last.then(run, run);
    last = turn;
    return turn;
  };
}
