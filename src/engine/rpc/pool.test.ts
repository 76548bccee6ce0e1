import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeWorker } from '../fixtures/fake-worker';
import type { RuntimeCalls } from '../protocol';
import { Pool } from './pool';

const unused = () => {
  throw new Error('not called in this test');
};
const handlers = {
  ...{ store: unused, open: unused, tokenize: unused, embed: unused, embedTexts: unused },
  ...{ tokenVectors: unused, nearest: unused },
};

/** A pool of one, and how often its worker was opened. */
function setUp(idleMs?: number) {
  const open = vi.fn(() => Promise.resolve());
  const pool = new Pool({
    size: 1,
    spawn: () => new FakeWorker<RuntimeCalls>(handlers),
    open,
    ...(idleMs === undefined ? {} : { idleMs }),
  });
  return { pool, open, task: () => pool.useOpen(() => Promise.resolve()) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the workers of a pool', () => {
  it('stay open between tasks', async () => {
    const { open, task } = setUp();
    await task();
    await vi.advanceTimersByTimeAsync(3_600_000);
    await task();
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('are replaced after a pause, and not between the tasks of one computation', async () => {
    const { pool, open, task } = setUp();
    await task();
    pool.replaceWhenIdle();
    for (let batch = 0; batch < 5; batch++) {
      await vi.advanceTimersByTimeAsync(3_000);
      await task();
    }
    expect(open).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(6_000);
    await task();
    expect(open).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_000);
    await task();
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('are replaced after a task that was running', async () => {
    const { pool, open, task } = setUp();
    let finish: () => void = () => undefined;
    const running = pool.useOpen(() => new Promise<void>((resolve) => (finish = resolve)));
    await vi.advanceTimersByTimeAsync(0);
    pool.replaceWhenIdle();
    await vi.advanceTimersByTimeAsync(60_000);
    finish();
    await running;
    await vi.advanceTimersByTimeAsync(6_000);
    await task();
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('are ended after their own idle time where that is shorter', async () => {
    const { pool, open, task } = setUp(1_000);
    await task();
    pool.replaceWhenIdle();
    await vi.advanceTimersByTimeAsync(1_500);
    await task();
    expect(open).toHaveBeenCalledTimes(2);
  });
});
