import { describe, expect, it } from 'vitest';
import { CoalescedTask } from './coalesced-task';

describe('a coalesced task', () => {
  it('runs once for requests of the same turn', async () => {
    let runs = 0;
    const task = new CoalescedTask(async () => void runs++);
    await Promise.all([task.request(), task.request(), task.request()]);
    expect(runs).toBe(1);
  });

  it('runs once more for all that came while it ran, and never twice at a time', async () => {
    let [runs, atOnce] = [0, 0];
    const releases: (() => void)[] = [];
    const task = new CoalescedTask(async () => {
      runs++;
      expect(++atOnce).toBe(1);
      await new Promise<void>((resolve) => releases.push(resolve));
      atOnce--;
    });
    const first = task.request();
    await Promise.resolve();
    await Promise.resolve();
    const others = [task.request(), task.request()];
    releases.shift()?.();
    await expect.poll(() => releases.length).toBe(1);
    releases.shift()?.();
    await Promise.all([first, ...others]);
    expect(runs).toBe(2);
  });

  it('loses no request that comes as a run ends', async () => {
    let runs = 0;
    const task = new CoalescedTask(async () => void runs++);
    for (let turns = 0; turns < 8; turns++) {
      const before = runs;
      const first = task.request();
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      await task.request();
      await first;
      expect(runs).toBeGreaterThan(before);
      expect(runs).toBeLessThanOrEqual(before + 2);
      const last = runs;
      await task.request();
      expect(runs).toBe(last + 1);
    }
  });

  it('rejects as the task does, and can be requested again', async () => {
    let isBroken = true;
    const task = new CoalescedTask(() => (isBroken ? Promise.reject(new Error('full')) : Promise.resolve()));
    await expect(task.request()).rejects.toThrow('full');
    isBroken = false;
    await expect(task.request()).resolves.toBeUndefined();
  });
});
