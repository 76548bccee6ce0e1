import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotation, anyAnnotation } from './fixtures/annotations';
import { combine, combineNotes } from './merge';
import { tagKey } from './tags';

const linesOf = (note = '') => note.split('\n').filter((line) => line.trim() !== '');

describe('two annotations of one paper', () => {
  it('are read and starred if either is, and keep the tags and notes of both under the first id', () => {
    const one = annotation('a', { isRead: true, tags: ['Quokka'], note: 'It hops.', changedAt: 7 });
    const other = annotation('b', { isStarred: true, tags: ['quokka', 'wombat'], note: 'It digs.' });
    expect(combine(one, other)).toEqual({
      ...{ id: 'a', names: ['a', 'b'], title: 'Title of a', isRead: true, isStarred: true },
      ...{ tags: ['Quokka', 'wombat'], note: 'It hops.\n\nIt digs.', changedAt: 7 },
    });
  });

  it('say the same once', () => {
    fc.assert(
      fc.property(anyAnnotation, (one) => {
        expect(combine(one, one)).toEqual(one);
      }),
    );
  });

  it('can be joined with a third in any grouping', () => {
    fc.assert(
      fc.property(anyAnnotation, anyAnnotation, anyAnnotation, (a, b, c) => {
        expect(combine(combine(a, b), c)).toEqual(combine(a, combine(b, c)));
      }),
    );
  });

  it('lose no tag and no line', () => {
    fc.assert(
      fc.property(anyAnnotation, anyAnnotation, (a, b) => {
        const both = combine(a, b);
        const keys = both.tags?.map(tagKey) ?? [];
        expect(keys).toEqual(expect.arrayContaining([...(a.tags ?? []), ...(b.tags ?? [])].map(tagKey)));
        expect(linesOf(both.note)).toEqual(expect.arrayContaining([...linesOf(a.note), ...linesOf(b.note)]));
      }),
    );
  });
});

it('a paragraph that stands there already is not said twice', () => {
  expect(combineNotes('one\n\ntwo', 'two\n\nthree')).toBe('one\n\ntwo\n\nthree');
});
