import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDocument, DomUtils, ElementType } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { exportPapers } from './export-papers';
import { exporters } from './formats';
import { webPage } from './formats/web-page';
import { arbitraryPaper } from './fixtures/arbitrary-papers';
import { reeds } from './fixtures/reeds';
import { written } from './fixtures/written';

describe.each(exporters.map((exporter) => [exporter.id, exporter] as const))(
  'the format %s',
  (id, exporter) => {
    it('writes the fixture', () => {
      const file = join(import.meta.dirname, 'fixtures', id, `reeds.${exporter.extension}`);
      expect(written(exporter, reeds)).toBe(readFileSync(file, 'utf8'));
    });

    it('writes in pieces of a paper, and says how many are done', () => {
      const steps = [...exportPapers(exporter, reeds, { title: 'Reeds' })];
      expect(steps.map(({ done }) => done)).toEqual([0, 1, 2, 3, 3]);
    });

    it('writes the same file again, whatever the papers', () => {
      fc.assert(
        fc.property(fc.array(arbitraryPaper, { maxLength: 3 }), (papers) => {
          expect(written(exporter, papers)).toBe(written(exporter, papers));
        }),
        { numRuns: 20 },
      );
    });

    it('never writes half a character or a control character', () => {
      fc.assert(
        fc.property(fc.array(arbitraryPaper, { maxLength: 3 }), (papers) => {
          const text = written(exporter, papers);
          expect(text).not.toMatch(/\p{Cs}|(?![\t\r\n])\p{Cc}/u);
        }),
        { numRuns: 50 },
      );
    });
  },
);

describe('Web page', () => {
  const hostile = (url: string) => ({
    ...reeds[0],
    id: 'x',
    title: 'T',
    abstract: '',
    authors: [],
    ids: {},
    url,
  });

  it('has the elements that we write and no other, whatever the texts', () => {
    const ours = new Set(
      'html head meta title style body main h1 h2 p article span a time blockquote'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(arbitraryPaper, { minLength: 1, maxLength: 3 }), fc.string(), (papers, title) => {
        const document = parseDocument(written(webPage, papers, true, title));
        const elements = DomUtils.findAll(() => true, document.children);
        expect(elements.map(({ name }) => name).filter((name) => !ours.has(name))).toEqual([]);
        expect(elements.filter(({ name }) => name === 'article')).toHaveLength(papers.length);
        expect(
          elements
            .flatMap(({ attribs }) => Object.keys(attribs))
            .filter((name) => /^on|^src|^style$/.test(name)),
        ).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('links only to web pages, and gives none of them the window or the referrer', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPaper, { minLength: 1, maxLength: 3 }), (papers) => {
        const document = parseDocument(written(webPage, papers));
        for (const { attribs } of DomUtils.getElementsByTagName('a', document)) {
          expect(attribs['href']).toMatch(/^https?:\/\//);
          expect(attribs['rel']).toBe('noopener noreferrer');
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,<script>1</script>',
    'https://u:p@x.example/',
  ])('has no link to %s', (url) => {
    expect(written(webPage, [hostile(url)])).not.toMatch(/<a /);
  });

  it('forbids itself every request and script, and fetches nothing', () => {
    const text = written(webPage, reeds);
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
    const style = DomUtils.getElementsByTagType(ElementType.Style, parseDocument(text)).map((each) =>
      DomUtils.textContent(each),
    );
    expect(style).toHaveLength(1);
    expect(style[0]).not.toMatch(/url\(|@import|expression/);
    expect(text).not.toMatch(/<(?:script|img|link|iframe|object|embed|form|base)\b/i);
  });
});
