import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation } from './annotation';
import { annotation } from './fixtures/annotations';
import { applyWrite, remainingWrites, type AnnotationWrite } from './write';

const write = (fields: Partial<AnnotationWrite>): AnnotationWrite => ({
  ...{ id: 'a', others: [], names: ['a'], title: 'Title of a', edit: {}, at: 9 },
  ...fields,
});
const from =
  (...stored: Annotation[]) =>
  (id: string) =>
    stored.find((each) => each.id === id);

describe('applyWrite', () => {
  it('stores the annotation under the id, with the current names and title', () => {
    const { put } = applyWrite(write({ names: ['b', 'a'], edit: { isStarred: true } }), from());
    expect(put).toEqual(annotation('a', { names: ['a', 'b'], isStarred: true, changedAt: 9 }));
  });

  it('deletes an annotation that becomes empty', () => {
    const starred = from(annotation('a', { isStarred: true }));
    expect(applyWrite(write({ edit: { isStarred: false } }), starred)).toEqual({ put: null, removed: ['a'] });
  });

  it('leaves another annotation of the paper alone when it only adds', () => {
    const both = from(annotation('a', { tags: ['quokka'] }), annotation('b', { note: 'It digs.' }));
    const { put, removed } = applyWrite(write({ others: ['b'], edit: { isRead: true } }), both);
    expect(put).toEqual(annotation('a', { tags: ['quokka'], isRead: true, changedAt: 9 }));
    expect(removed).toEqual([]);
  });

  it('merges the annotations of a paper when it removes something', () => {
    const both = from(
      annotation('a', { note: 'It hops.' }),
      annotation('b', { note: 'It digs.', tags: ['x'] }),
    );
    const { put, removed } = applyWrite(write({ others: ['b', 'gone'], edit: { removeTags: ['x'] } }), both);
    expect(put).toEqual(annotation('a', { names: ['a', 'b'], note: 'It hops.\n\nIt digs.', changedAt: 9 }));
    expect(removed).toEqual(['b']);
  });

  it('does not change the time when only names change', () => {
    const { put } = applyWrite(write({ names: ['b'] }), from(annotation('a', { isRead: true })));
    expect(put).toEqual(annotation('a', { names: ['a', 'b'], isRead: true }));
  });
});

describe('remainingWrites', () => {
  const tags = fc.constantFrom('quokka', 'wombat');
  const anyEdit = fc.record(
    {
      isRead: fc.boolean(),
      isStarred: fc.boolean(),
      addTags: fc.array(tags, { maxLength: 2 }),
      removeTags: fc.array(tags, { maxLength: 1 }),
      note: fc.constantFrom('', ' ', 'It hops.', 'It hops away.', 'It digs.'),
    },
    { requiredKeys: [] },
  );

  /** As the reader makes them: each edits the note that the previous one left. */
  function edits(given: readonly Partial<Record<string, unknown>>[], first: string): AnnotationWrite[] {
    let before = first;
    return given.map(({ note, ...edit }) => {
      if (typeof note !== 'string') return write({ edit });
      const from = before;
      before = note.trim() === '' ? '' : note;
      return write({ edit: { ...edit, note: { from, to: note } } });
    });
  }

  it('gives the same result as all writes applied once', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 6 }), fc.nat(6), (given, applied) => {
        const stored = new Map<string, Annotation>([['a', annotation('a', { note: 'It hops.' })]]);
        const applyAll = (writes: readonly AnnotationWrite[]) => {
          for (const each of writes) {
            const { put } = applyWrite(each, (id) => stored.get(id));
            if (put === null) stored.delete('a');
            else stored.set('a', { ...put, changedAt: 0 });
          }
        };
        const writes = edits(given, 'It hops.');
        applyAll(writes);
        const whole = stored.get('a');
        stored.set('a', annotation('a', { note: 'It hops.' }));
        applyAll(writes.slice(0, applied));
        applyAll(remainingWrites(writes, (id) => stored.get(id)));
        expect({ ...stored.get('a'), changedAt: 0 }).toEqual({ ...whole, changedAt: 0 });
      }),
    );
  });

  it('keeps both texts when another tab has written meanwhile', () => {
    const stored = from(annotation('a', { note: 'It digs.' }));
    const writes = edits([{ note: 'It hops.' }], '');
    expect(remainingWrites(writes, stored)).toEqual(writes);
    expect(writes.map((each) => applyWrite(each, stored).put?.note)).toEqual(['It digs.\n\nIt hops.']);
  });
});
