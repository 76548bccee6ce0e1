import { describe, expect, it } from 'vitest';
import { runInSlices } from './slices';

/** Work of ten steps that take 5 ms each, by a clock that only the work advances. */
function setUp() {
  let ms = 0;
  let pauses = 0;
  let steps = 0;
  function* work(): Generator<number, string, void> {
    for (let done = 1; done <= 10; done++) {
      ms += 5;
      steps += 1;
      yield done;
    }
    return 'finished';
  }
  const options = {
    now: () => ms,
    pause: () => {
      pauses += 1;
      return Promise.resolve();
    },
  };
  return { work: work(), options, pauses: () => pauses, steps: () => steps };
}

describe('work in slices', () => {
  it.each([
    [0, 10],
    [5, 10],
    [12, 3],
    [25, 2],
    [1_000, 0],
  ])('of %i ms pauses %i times and gives the result', async (sliceMs, expected) => {
    const { work, options, pauses } = setUp();
    expect(await runInSlices(work, { ...options, sliceMs })).toBe('finished');
    expect(pauses()).toBe(expected);
  });

  it('reports what was yielded last before each pause', async () => {
    const { work, options } = setUp();
    const reported: number[] = [];
    await runInSlices(work, { ...options, sliceMs: 15, onSlice: (done) => reported.push(done) });
    expect(reported).toEqual([3, 6, 9]);
  });

  it('stops after the pause in which it is aborted', async () => {
    const { work, options, steps } = setUp();
    const controller = new AbortController();
    const onSlice = (done: number) => {
      if (done === 4) controller.abort(new Error('the reader left'));
    };
    const run = runInSlices(work, { ...options, sliceMs: 10, signal: controller.signal, onSlice });
    await expect(run).rejects.toThrow('the reader left');
    expect(steps()).toBe(4);
  });

  it('rejects when the work fails', async () => {
    const { options } = setUp();
    // eslint-disable-next-line require-yield
    function* failing(): Generator<void, void, void> {
      throw new Error('bad input');
    }
    await expect(runInSlices(failing(), { ...options, sliceMs: 10 })).rejects.toThrow('bad input');
  });
});
