import { describe, expect, it } from 'vitest';
import { untilAborted } from './until-aborted';

const never = new Promise<never>(() => undefined);

describe('waiting until aborted', () => {
  it('gives the result of the work, with a signal and without', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
    expect(await untilAborted(Promise.resolve(2), undefined)).toBe(2);
    await expect(untilAborted(Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
  });

  it('rejects with the reason at once, before or during the work', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(never, controller.signal);
    controller.abort(new Error('the reader left'));
    await expect(waiting).rejects.toThrow('the reader left');
    await expect(untilAborted(never, controller.signal)).rejects.toThrow('the reader left');
  });

  it('swallows the failure of work that nobody waits for any more', async () => {
    const controller = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<void>((_, reject) => (fail = reject));
    const waiting = untilAborted(work, controller.signal);
    controller.abort(new Error('the reader left'));
    fail(new Error('failed later'));
    await expect(waiting).rejects.toThrow('the reader left');
  });
});
