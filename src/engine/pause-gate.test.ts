import { describe, expect, it } from 'vitest';
import { PauseGate } from './pause-gate';

describe('a pause gate', () => {
  it('is open at first', async () => {
    const gate = new PauseGate();
    await gate.pass();
    expect(gate.paused).toBe(false);
  });

  it('holds all that come until it is opened again', async () => {
    const gate = new PauseGate();
    const passed: number[] = [];
    gate.pause();
    const all = Promise.all([1, 2].map(async (who) => gate.pass().then(() => passed.push(who))));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(passed).toEqual([]);
    gate.resume();
    await all;
    expect(passed).toEqual([1, 2]);
  });

  it('lets go of one that is cancelled, with the reason', async () => {
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
