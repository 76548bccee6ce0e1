import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit, inverseOf, isNoOp, onlyAdds } from './edit';
import { annotation, anyAnnotation, anyEdit } from './fixtures/annotations';

describe('an edit', () => {
  it('changes the fields that it contains, and nothing else', () => {
    const before = annotation('a', { isRead: true, tags: ['quokka'], note: 'It hops.' });
    expect(applyEdit(before, { isStarred: true })).toEqual({ ...before, isStarred: true });
    expect(applyEdit(before, { addTags: ['  Wombat '] })).toEqual({ ...before, tags: ['quokka', 'Wombat'] });
    expect(applyEdit(before, { removeTags: ['QUOKKA'], isRead: false })).toEqual(
      annotation('a', { note: 'It hops.' }),
    );
    expect(applyEdit(before, { note: { from: 'It hops.', to: ' ' } })).not.toHaveProperty('note');
  });

  it('of a note that has changed meanwhile keeps both texts', () => {
    const before = annotation('a', { note: 'Of the other tab.' });
    const { note } = applyEdit(before, { note: { from: 'Old.', to: 'Of this tab.' } });
    expect(note).toBe('Of the other tab.\n\nOf this tab.');
  });

  it('applied twice has the same result as applied once', () => {
    fc.assert(
      fc.property(anyAnnotation, anyEdit, (before, edit) => {
        const once = applyEdit(before, edit);
        expect(applyEdit(once, edit)).toEqual(once);
      }),
    );
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(anyAnnotation, anyEdit, (before, edit) => {
        expect(applyEdit(applyEdit(before, edit), inverseOf(edit, before))).toEqual(before);
      }),
    );
  });

  it('is a no-op when it changes nothing', () => {
    const current = annotation('a', { isRead: true, tags: ['Quokka'] });
    expect(isNoOp({ isRead: true, addTags: ['quokka'] }, current)).toBe(true);
    expect(isNoOp({ isStarred: true }, current)).toBe(false);
    expect(isNoOp({ isRead: false }, undefined)).toBe(true);
  });

  it('only adds when it removes nothing', () => {
    expect([{}, { isRead: true }, { addTags: ['a'] }].map(onlyAdds)).toEqual([true, true, true]);
    expect([{ isRead: false }, { removeTags: ['a'] }, { note: { from: '', to: 'a' } }].map(onlyAdds)).toEqual(
      [false, false, false],
    );
  });
});
