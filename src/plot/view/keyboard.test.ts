import { describe, expect, it } from 'vitest';
import { commandOf } from './keyboard';

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => commandOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('commandOf', () => {
  it('steps with arrows and pans with Shift and arrows', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'step', direction: 'left' });
    expect(press('ArrowUp', { shiftKey: true })).toMatchObject({ kind: 'pan', rightPx: 0 });
    expect(press('ArrowRight', { shiftKey: true })).toMatchObject({ kind: 'pan', downPx: 0 });
  });

  it('zooms in with plus, with and without Shift', () => {
    expect(press('+', { shiftKey: true })).toMatchObject({ kind: 'zoom' });
    expect(press('=')).toEqual(press('+'));
  });

  it('ignores shortcuts of the browser and all other keys', () => {
    expect(press('+', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('Tab')).toBeNull();
    expect(press('/')).toBeNull();
  });
});
