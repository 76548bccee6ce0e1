import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotation, anyAnnotation } from './fixtures/annotations';
import { mergeAnnotations, mergeNotes } from './merge';
import { tagKey } from './tags';

const linesOf = (note = '') => note.split('\n').filter((line) => line.trim() !== '');

describe('two annotations of one paper', () => {
  it('are merged under the first id: read or starred if either is, with the tags and notes of both', () => {
    const one = annotation('a', { isRead: true, tags: ['Quokka'], note: 'It hops.', changedAt: 7 });
    const other = annotation('b', { isStarred: true, tags: ['quokka', 'wombat'], note: 'It digs.' });
    expect(mergeAnnotations(one, other)).toEqual({
      ...{ id: 'a', names: ['a', 'b'], title: 'Title of a', isRead: true, isStarred: true },
      ...{ tags: ['Quokka', 'wombat'], note: 'It hops.\n\nIt digs.', changedAt: 7 },
    });
  });

  it('are not duplicated when they are equal', () => {
    fc.assert(
      fc.property(anyAnnotation, (one) => {
        expect(mergeAnnotations(one, one)).toEqual(one);
      }),
    );
  });

  it('are merged associatively', () => {
    fc.assert(
      fc.property(anyAnnotation, anyAnnotation, anyAnnotation, (a, b, c) => {
        expect(mergeAnnotations(mergeAnnotations(a, b), c)).toEqual(
          mergeAnnotations(a, mergeAnnotations(b, c)),
        );
      }),
    );
  });

  it('lose no tag and no line of a note', () => {
    fc.assert(
      fc.property(anyAnnotation, anyAnnotation, (a, b) => {
        const both = mergeAnnotations(a, b);
        const keys = both.tags?.map(tagKey) ?? [];
        expect(keys).toEqual(expect.arrayContaining([...(a.tags ?? []), ...(b.tags ?? [])].map(tagKey)));
        expect(linesOf(both.note)).toEqual(expect.arrayContaining([...linesOf(a.note), ...linesOf(b.note)]));
      }),
    );
  });
});

it('a paragraph that both notes contain is not repeated', () => {
  expect(mergeNotes('one\n\ntwo', 'two\n\nthree')).toBe('one\n\ntwo\n\nthree');
});
