import { expect, it } from 'vitest';
import { SlotMemo } from './slot-memo';

it('looks a slot up once, and again when it belongs to another paper', () => {
  const lookedUp: string[] = [];
  const memo = new SlotMemo((id) => {
    lookedUp.push(id);
    return id === 'gone' ? undefined : id.toUpperCase();
  });
  expect([memo.of(5, 'a'), memo.of(5, 'a'), memo.of(2, 'gone'), memo.of(2, 'gone')]).toEqual([
    'A',
    'A',
    undefined,
    undefined,
  ]);
  expect(lookedUp).toEqual(['a', 'gone']);
  expect([memo.of(5, 'b'), memo.of(5, 'a')]).toEqual(['B', 'A']);
  expect(lookedUp).toEqual(['a', 'gone', 'b', 'a']);
});
