import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation } from './annotation';
import { annotation } from './fixtures/annotations';
import { carryOut, stillOpen, type AnnotationWrite } from './write';

const write = (fields: Partial<AnnotationWrite>): AnnotationWrite => ({
  ...{ id: 'a', others: [], names: ['a'], title: 'Title of a', edit: {}, at: 9 },
  ...fields,
});
const from =
  (...stored: Annotation[]) =>
  (id: string) =>
    stored.find((each) => each.id === id);

describe('what is written', () => {
  it('is kept under the id, with the names and title of now', () => {
    const { put } = carryOut(write({ names: ['b', 'a'], edit: { isStarred: true } }), from());
    expect(put).toEqual(annotation('a', { names: ['a', 'b'], isStarred: true, changedAt: 9 }));
  });

  it('is not kept where nothing is left', () => {
    const starred = from(annotation('a', { isStarred: true }));
    expect(carryOut(write({ edit: { isStarred: false } }), starred)).toEqual({ put: null, removed: ['a'] });
  });

  it('beside another annotation of the paper leaves that alone while it only adds', () => {
    const both = from(annotation('a', { tags: ['quokka'] }), annotation('b', { note: 'It digs.' }));
    const { put, removed } = carryOut(write({ others: ['b'], edit: { isRead: true } }), both);
    expect(put).toEqual(annotation('a', { tags: ['quokka'], isRead: true, changedAt: 9 }));
    expect(removed).toEqual([]);
  });

  it('makes them one where it takes back', () => {
    const both = from(
      annotation('a', { note: 'It hops.' }),
      annotation('b', { note: 'It digs.', tags: ['x'] }),
    );
    const { put, removed } = carryOut(write({ others: ['b', 'gone'], edit: { removeTags: ['x'] } }), both);
    expect(put).toEqual(annotation('a', { names: ['a', 'b'], note: 'It hops.\n\nIt digs.', changedAt: 9 }));
    expect(removed).toEqual(['b']);
  });

  it('of names alone changes no time', () => {
    const { put } = carryOut(write({ names: ['b'] }), from(annotation('a', { isRead: true })));
    expect(put).toEqual(annotation('a', { names: ['a', 'b'], isRead: true }));
  });
});

describe('edits of which the first ones may have been carried out', () => {
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

  /** As the reader makes them: each from the note that the one before has left. */
  function edits(given: readonly Partial<Record<string, unknown>>[], first: string): AnnotationWrite[] {
    let before = first;
    return given.map(({ note, ...edit }) => {
      if (typeof note !== 'string') return write({ edit });
      const from = before;
      before = note.trim() === '' ? '' : note;
      return write({ edit: { ...edit, note: { from, to: note } } });
    });
  }

  it('make the same of it as all of them, carried out once', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 6 }), fc.nat(6), (given, done) => {
        const stored = new Map<string, Annotation>([['a', annotation('a', { note: 'It hops.' })]]);
        const carryOn = (writes: readonly AnnotationWrite[]) => {
          for (const each of writes) {
            const { put } = carryOut(each, (id) => stored.get(id));
            if (put === null) stored.delete('a');
            else stored.set('a', { ...put, changedAt: 0 });
          }
        };
        const writes = edits(given, 'It hops.');
        carryOn(writes);
        const whole = stored.get('a');
        stored.set('a', annotation('a', { note: 'It hops.' }));
        carryOn(writes.slice(0, done));
        carryOn(stillOpen(writes, (id) => stored.get(id)));
        expect({ ...stored.get('a'), changedAt: 0 }).toEqual({ ...whole, changedAt: 0 });
      }),
    );
  });

  it('keep both texts where another tab has written meanwhile', () => {
    const stored = from(annotation('a', { note: 'It digs.' }));
    const writes = edits([{ note: 'It hops.' }], '');
    expect(stillOpen(writes, stored)).toEqual(writes);
    expect(writes.map((each) => carryOut(each, stored).put?.note)).toEqual(['It digs.\n\nIt hops.']);
  });
});
