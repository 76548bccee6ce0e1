import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedDigest } from '../../import';
import { bibtex } from './bibtex';
import { endnoteXml } from './endnote-xml';
import { nbib } from './nbib';
import { pubmedXml } from './pubmed-xml';
import { ris } from './ris';

const bibliographyFormats = [bibtex, ris, nbib, pubmedXml, endnoteXml];

function fixtures(format: string): string[] {
  const folder = join(import.meta.dirname, '../../fixtures', format);
  const names = readdirSync(folder).filter((name) => !name.endsWith('.json'));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** What must be true of any digest. */
function expectSound({ papers, problems }: ParsedDigest): void {
  papers.forEach((paper, index) => {
    expect(paper.position).toBe(index);
    expect(paper.title + paper.abstract).not.toBe('');
    expect(paper.authors).not.toContain('');
    if (paper.url !== undefined) expect(paper.url).toMatch(/^https?:\/\//i);
    if (paper.date !== undefined) expect(paper.date).toMatch(/^\d{4}(-\d\d(-\d\d)?)?$/);
    expect(paper.venue).not.toBe('');
  });
  for (const { where, why } of problems) {
    expect(where).not.toBe('');
    expect(why.length).toBeLessThan(300);
  }
}

describe.each(bibliographyFormats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const files = fixtures(id);
  const { fits, parse } = format;

  it('fits its own files and none of the others', () => {
    for (const other of bibliographyFormats) {
      for (const text of fixtures(other.id)) expect(fits(text)).toBe(other === format);
    }
  });

  it('loses at most the last record of a file that is cut off', () => {
    for (const text of files) {
      const bytes = new TextEncoder().encode(text);
      let before = 0;
      for (let end = 0; end <= bytes.length; end += 7) {
        const digest = parse(new TextDecoder().decode(bytes.subarray(0, end)));
        expectSound(digest);
        expect(digest.papers.length).toBeGreaterThanOrEqual(before - 1);
        before = digest.papers.length;
      }
    }
  });

  it('never throws on damaged files', () => {
    const damage = fc.record({
      at: fc.nat(),
      length: fc.nat({ max: 40 }),
      text: fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...nastyPieces)),
    });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(damage, { maxLength: 8 }), (file, damages) => {
        const damaged = damages.reduce((text, { at, length, text: put }) => {
          const from = at % (text.length + 1);
          return text.slice(0, from) + put + text.slice(from + length);
        }, file);
        fits(damaged);
        expectSound(parse(damaged));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = new TextDecoder('windows-1252').decode(bytes);
        fits(text);
        expectSound(parse(text));
      }),
      { numRuns: 300 },
    );
  });

  it('treats names such as __proto__ as ordinary words', () => {
    for (const text of files) parse(text.replace(/\btitle\b|\bTI\b|ArticleTitle/g, '__proto__'));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

const nastyPieces = [
  '{',
  '}',
  '"',
  '@',
  '@a{',
  '\\',
  '$',
  '#',
  '\n',
  '\r',
  'TY  - ',
  'PMID- 1',
  '<',
  '</',
  '&',
  '<record>',
  ']]>',
];
