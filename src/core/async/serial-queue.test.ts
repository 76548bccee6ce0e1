import { describe, expect, it } from 'vitest';
import { SerialQueue } from './serial-queue';

describe('a serial queue', () => {
  it('starts a task when the one before has ended, failed or not', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const task = (name: string, fails = false) =>
      queue.run(async () => {
        log.push(`start ${name}`);
        await Promise.resolve();
        log.push(`end ${name}`);
        if (fails) throw new Error(name);
        return name;
      });
    const [first, second, third] = [task('a'), task('b', true), task('c')];
    await expect(first).resolves.toBe('a');
    await expect(second).rejects.toThrow('b');
    await expect(third).resolves.toBe('c');
    expect(log).toEqual(['start a', 'end a', 'start b', 'end b', 'start c', 'end c']);
  });

  it('does not start a task that was aborted while it waited, and continues with the next', async () => {
    const queue = new SerialQueue();
    const stop = new AbortController();
    const started: string[] = [];
    let release = () => {};
    const held = queue.run(() => new Promise<void>((resolve) => (release = resolve)));
    const stopped = queue.run(async () => void started.push('stopped'), stop.signal);
    const next = queue.run(async () => void started.push('next'));
    stop.abort(new Error('enough'));
    await Promise.resolve();
    release();
    await held;
    await expect(stopped).rejects.toThrow('enough');
    await next;
    expect(started).toEqual(['next']);
  });

  it('waits for the given promise, and resolves idle() after the last task', async () => {
    let open = () => {};
    const queue = new SerialQueue(new Promise<void>((resolve) => (open = resolve)));
    const log: string[] = [];
    void queue.run(async () => void log.push('task'));
    const idle = queue.idle().then(() => log.push('idle'));
    await Promise.resolve();
    expect(log).toEqual([]);
    open();
    await idle;
    expect(log).toEqual(['task', 'idle']);
  });
});
