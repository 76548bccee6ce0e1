import { describe, expect, it } from 'vitest';
import { PauseGate } from './pause-gate';

/** Lets every promise go on that waits for nothing else. */
async function microtasks(): Promise<void> {
  for (let count = 0; count < 20; count++) await Promise.resolve();
}

describe('a pause gate', () => {
  it('is open at first', async () => {
    const gate = new PauseGate();
    await gate.pass();
    expect(gate.isPaused).toBe(false);
  });

  it('holds all callers until it is opened again', async () => {
    const gate = new PauseGate();
    const passed: number[] = [];
    gate.pause();
    const all = Promise.all([1, 2].map((task) => gate.pass().then(() => passed.push(task))));
    await microtasks();
    expect(passed).toEqual([]);
    gate.resume();
    await all;
    expect(passed).toEqual([1, 2]);
  });

  it('rejects a caller that is cancelled, with the reason', async () => {
    const gate = new PauseGate();
    const controller = new AbortController();
    gate.pause();
    const pass = gate.pass(controller.signal);
    controller.abort(new Error('the reader left'));
    await expect(pass).rejects.toThrow('the reader left');
    await expect(gate.pass(controller.signal)).rejects.toThrow('the reader left');
    gate.resume();
  });
});
