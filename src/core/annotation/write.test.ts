import { describe, expect, it } from 'vitest';
import type { Annotation } from './annotation';
import { annotation } from './fixtures/annotations';
import { carryOut, type AnnotationWrite } from './write';

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
