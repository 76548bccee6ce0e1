import { expect, it } from 'vitest';
import type { Paper } from '../../core/paper/paper';
import { highestFirst, inOrderOf, newestFirst } from './list-order';

// as much of a paper as sorting needs
const papers = ['a', 'b', 'c', 'd'].map((id) => ({ id }) as Paper);
const idsOf = (list: readonly Paper[]) => list.map(({ id }) => id).join('');

it('puts papers in the order of a list that holds others too, and those that it does not hold last', () => {
  expect(idsOf(inOrderOf(['x', 'd', 'b', 'y'], papers))).toBe('dbac');
  expect(idsOf(inOrderOf([], papers))).toBe('abcd');
});

it('puts the highest first and what has no value last, and leaves equals in their order', () => {
  const values = new Map([
    ['a', -0.5],
    ['b', 0.7],
    ['d', 0.7],
  ]);
  expect(idsOf(highestFirst(papers, values))).toBe('bdac');
});

it('puts the newest first, a day before its month and year, and what has no date last', () => {
  const dates = [undefined, '2024', '2024-03-02', '2024-03', '2025-01-01', '1999-12-31', '2024-03-02'];
  const dated = dates.map((date, at) => ({ id: String(at), date }) as Paper);
  expect(idsOf(newestFirst(dated))).toBe('4263150');
});
