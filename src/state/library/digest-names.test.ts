import { expect, it } from 'vitest';
import type { Digest } from '../../core/paper/paper';
import { distinctNames } from './digest-names';

// as much of a digest as its name needs
const digest = (id: string, changes: Partial<Digest>) =>
  ({ id, name: 'papers', addedAt: new Date('2026-11-30T12:00:00').getTime(), ...changes }) as Digest;

it('leaves names alone that only one digest has', () => {
  const names = distinctNames([digest('a', {}), digest('b', { ownName: 'Reeds' })]);
  expect([...names]).toEqual([
    ['a', 'papers'],
    ['b', 'Reeds'],
  ]);
});

it('tells digests of one name apart by their days', () => {
  const names = distinctNames([digest('a', { date: '2023-07-31' }), digest('b', { date: '2023-08-01' })]);
  expect(names.get('a')).toMatch(/^papers \(.*31.*2023\)$/);
  expect(names.get('b')).not.toBe(names.get('a'));
});

it('tells digests of one name without days, or of one day, apart by when they were added', () => {
  const later = new Date('2026-12-01T12:00:00').getTime();
  for (const date of [undefined, '2023-07-31']) {
    const dated = date === undefined ? {} : { date };
    const names = distinctNames([digest('a', dated), digest('b', { ...dated, addedAt: later })]);
    expect(names.get('a')).toMatch(/^papers \(added .*30.*\)$/);
    expect(names.get('b')).toMatch(/^papers \(added .*\)$/);
    expect(names.get('b')).not.toBe(names.get('a'));
  }
});
