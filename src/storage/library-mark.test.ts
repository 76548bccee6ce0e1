import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  findLostLibrary,
  forgetLostLibrary,
  noteLibrary,
  notedLibrary,
  type LibraryMark,
} from './library-mark';

const whole: LibraryMark = {
  ...{ revision: 20, edits: 9, papers: 3_199, notes: 12, stars: 4, tags: 3 },
  writtenAt: 1_790_000_000_000,
};
const empty: LibraryMark = { ...whole, revision: 0, edits: 0, papers: 0, notes: 0, stars: 0, tags: 0 };

let stored: Map<string, string>;

/** Storage that holds at most `limit` entries. */
function stubStorage(limit = Infinity): void {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (!stored.has(key) && stored.size >= limit) throw new DOMException('full', 'QuotaExceededError');
      stored.set(key, value);
    },
    removeItem: (key: string) => void stored.delete(key),
  });
}

beforeEach(() => stubStorage());

describe('a lost library', () => {
  it('is found when the database is empty, at every start until the reader goes on without it', () => {
    noteLibrary(whole);
    expect(findLostLibrary(empty)).toEqual(whole);
    noteLibrary({ ...empty, revision: 1, papers: 199 });
    expect(findLostLibrary({ ...empty, revision: 1, papers: 199 })).toEqual(whole);
    forgetLostLibrary();
    expect(findLostLibrary({ ...empty, revision: 1, papers: 199 })).toBeNull();
  });

  it.each([
    ['papers at the same revision', { papers: 3_198 }],
    ['papers at an earlier revision', { revision: 19, papers: 3_198 }],
    ['notes after as many edits', { notes: 11 }],
    ['stars after fewer edits', { edits: 8, stars: 3 }],
    ['tags after as many edits', { tags: 2 }],
  ])('is one with fewer %s', (_, stored) => {
    noteLibrary(whole);
    expect(findLostLibrary({ ...whole, ...stored })).toEqual(whole);
  });

  it.each([
    ['the same', {}],
    ['fewer papers at a later revision, which were removed', { revision: 21, papers: 199 }],
    ['fewer notes and stars after more edits, which took them back', { edits: 10, notes: 0, stars: 0 }],
    ['an earlier revision with as many papers', { revision: 19 }],
    ['more of everything', { revision: 25, edits: 20, papers: 4_000, notes: 20, stars: 9, tags: 9 }],
  ])('is not one with %s', (_, stored) => {
    noteLibrary(whole);
    expect(findLostLibrary({ ...whole, ...stored })).toBeNull();
  });

  it('is none at the first visit, and none where something else was noted under its name', () => {
    expect(findLostLibrary(empty)).toBeNull();
    for (const text of ['{', '"text"', '{"papers":"many"}', '[]', JSON.stringify({ ...whole, notes: -1 })]) {
      stored.set('digest-atlas library', text);
      expect(notedLibrary()).toBeNull();
      expect(findLostLibrary(empty)).toBeNull();
    }
  });

  it('is not hidden by the loss of the smaller one that came after it', () => {
    noteLibrary(whole);
    findLostLibrary(empty);
    noteLibrary({ ...empty, revision: 3, papers: 20 });
    expect(findLostLibrary(empty)).toEqual(whole);
  });

  it('goes unnoticed where localStorage is denied, and nothing throws', () => {
    vi.stubGlobal('localStorage', undefined);
    noteLibrary(whole);
    forgetLostLibrary();
    expect(notedLibrary()).toBeNull();
    expect(findLostLibrary(empty)).toBeNull();
  });

  it('raises no alarm from an old mark when a newer one does not fit', () => {
    stubStorage(0);
    noteLibrary(whole);
    expect(notedLibrary()).toBeNull();
  });
});
