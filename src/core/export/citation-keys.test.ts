import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationKeys } from './citation-keys';
import type { ExportedPaper } from './export';
import { arbitraryPaper } from './fixtures/arbitrary-papers';

function paper(id: string, title: string, author = 'Zoë Márquez', date = '2026-11-23'): ExportedPaper {
  return { id, title, abstract: '', authors: author === '' ? [] : [author], ids: {}, date };
}

describe('a citation key', () => {
  it.each([
    [paper('a', 'On the Reeds of Neel'), 'marquez2026reeds'],
    [paper('a', 'What is 3D?', 'Søren Łukasiewicz-Weiß'), 'lukasiewiczweiss20263d'],
    [paper('a', '$\\alpha$-Quokkas', 'Jan van der Berg Jr'), 'berg2026quokkas'],
    [paper('a', 'Quokkas', ''), 'anonymous2026quokkas'],
    [paper('a', '芦苇', '王伟'), 'anonymous2026'],
  ])('is family name, year and first significant word in ASCII', (own, key) => {
    expect(citationKeys([own])).toEqual([key]);
  });

  it('has the hash of the paper when another has the same, for both, in any order', () => {
    const [one, other] = [paper('a', 'Reeds'), paper('b', 'The reeds')];
    const [keyOfOne, keyOfOther] = citationKeys([one, other]);
    expect(keyOfOne).toMatch(/^marquez2026reeds-[0-9a-f]{4}$/);
    expect(keyOfOne).not.toBe(keyOfOther);
    expect(citationKeys([other, paper('c', 'Maps'), one])).toEqual([keyOfOther, 'marquez2026maps', keyOfOne]);
  });

  it('is unique and safe whatever the papers, even when one is twice in the list', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPaper, { maxLength: 6 }), (papers) => {
        const keys = citationKeys([...papers, ...papers]);
        expect(new Set(keys).size).toBe(2 * papers.length);
        for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9-]*$/);
      }),
    );
  });
});
