import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../import';
import { arxivAtom } from '../arxiv/arxiv-atom';
import { arxivRss } from '../arxiv/arxiv-rss';
import { feed } from './feed';

const feedFormats: readonly Format[] = [arxivAtom, arxivRss, feed];
const fixtureNames = ['normal', 'nasty', 'broken'];
const allFixtures = feedFormats.flatMap((format) =>
  fixtureNames.map((name) => ({ format, id: format.id, name })),
);

function fixture(id: string, name: string): string {
  return readFileSync(join(import.meta.dirname, '../../fixtures', id, `${name}.xml`), 'utf8');
}

function expected(id: string, name: string): unknown {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, '../../fixtures', id, `${name}.expected.json`), 'utf8'),
  );
}

/** Where each entry is complete: after its closing tag, or where the next entry has begun. */
function entryEnds(text: string): number[] {
  const starts = [...text.matchAll(/<(?:\w+:)?(?:item|entry)(?: [^>]*)?>/g)];
  return starts.map(({ index: start }, index) => {
    const next = starts[index + 1];
    const closing = /<\/(?:\w+:)?(?:item|entry)>/.exec(text.slice(start, next?.index));
    if (closing !== null) return start + closing.index + closing[0].length;
    return next === undefined ? text.length : next.index + next[0].length;
  });
}

function rss(items: string): string {
  return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title>${items}</channel></rss>`;
}

function only(format: Format, source: string) {
  const { papers } = format.parse(source);
  expect(papers).toHaveLength(1);
  return papers[0];
}

describe.each(allFixtures)('$id, the $name file', ({ format, id, name }) => {
  const text = fixture(id, name);

  it('reads its contents', () => {
    expect(format.parse(text)).toEqual(expected(id, name));
  });

  it('is recognised', () => {
    expect(feedFormats.find((other) => other.fits(text))).toBe(format);
  });

  it('does not depend on the line end', () => {
    const withFolded = (source: string) => JSON.stringify(format.parse(source)).replace(/(?:\\[rn])+/g, ' ');
    expect(withFolded(text.replaceAll('\n', '\r\n'))).toBe(withFolded(text));
  });

  it('keeps all papers that were complete before a cut at any character', () => {
    const ends = entryEnds(text);
    const whole = format.parse(text);
    const skipped = whole.problems.flatMap(({ where, isSkipped }) =>
      isSkipped ? [Number(/entry (\d+)/.exec(where)?.[1]) - 1] : [],
    );
    expect(ends).toHaveLength(whole.papers.length + skipped.length);
    for (let cut = 0; cut < text.length; cut++) {
      const complete = ends.filter((end, index) => end <= cut && !skipped.includes(index)).length;
      const { papers } = format.parse(text.slice(0, cut));
      expect(JSON.stringify(papers.slice(0, complete))).toBe(JSON.stringify(whole.papers.slice(0, complete)));
    }
  });
});

describe('feeds in general', () => {
  it('never throw, whatever the text', () => {
    const piece = fc.constantFrom(
      '<item>',
      '</item>',
      '<entry>',
      '<title>',
      '</title>',
      '<![CDATA[',
      ']]>',
      '&lt;',
      '&',
      '<dc:creator>',
      '<link href="',
      'https://arxiv.org/abs/2611.00001',
      '">',
      '<summary type="html">',
      '</',
      '<!--',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
        for (const format of feedFormats) {
          const { papers } = format.parse(`<rss>${pieces.join('')}`);
          expect(papers.map(({ position }) => position)).toEqual(papers.map((_, index) => index));
        }
      }),
    );
  });

  it('are refused with a reason when they declare entities', () => {
    const source =
      '<!DOCTYPE feed [<!ENTITY a "b">]><feed><entry><id>http://arxiv.org/api/1</id><title>&a;</title></entry></feed>';
    for (const format of [arxivAtom, feed]) {
      expect(format.fits(source)).toBe(true);
      expect(format.parse(source)).toMatchObject({ papers: [], problems: [{ where: 'file' }] });
    }
  });

  it('treat names of object properties as ordinary names', () => {
    const item =
      '<item><title>constructor</title><description>toString</description><__proto__>x</__proto__><category>__proto__</category><dc:creator>hasOwnProperty</dc:creator></item>';
    const paper = only(feed, rss(item));
    expect(paper).toMatchObject({
      title: 'constructor',
      abstract: 'toString',
      authors: ['hasOwnProperty'],
      categories: ['__proto__'],
    });
    expect(Object.getPrototypeOf(paper)).toBe(Object.prototype);
  });

  it('are reported when empty', () => {
    expect(feed.parse(rss('')).problems).toEqual([{ where: 'file', why: 'A feed without entries.' }]);
    expect(arxivRss.parse(rss('')).problems[0]?.why).toMatch(/^No papers in it/);
  });

  it('may have entries without a title or without a text', () => {
    expect(only(feed, rss('<item><description>Only a text.</description></item>'))).toMatchObject({
      title: '',
      abstract: 'Only a text.',
    });
    expect(only(feed, rss('<item><title>Only a title</title></item>'))).toMatchObject({
      title: 'Only a title',
      abstract: '',
    });
  });
});

describe('feeds of arXiv', () => {
  const description = (first: string) =>
    `<item><title>T</title><guid>oai:arXiv.org:2611.00001v2</guid><description>${first}</description></item>`;

  it.each([
    ['new', 'new'],
    ['cross', 'cross'],
    ['replace', 'replace'],
    ['absonly', 'replace'],
    ['replace-cross', 'cross'],
  ])('reads the announcement "%s" from the description alone', (type, announced) => {
    const source = rss(description(`arXiv:2611.00001v2 Announce Type: ${type} \nAbstract: Abstract: We.`));
    expect(only(arxivRss, source)).toMatchObject({
      abstract: 'Abstract: We.',
      announced,
      ids: { arxiv: '2611.00001', arxivVersion: 2 },
    });
  });

  it('does not treat who runs a feed as an author', () => {
    const source = rss(`<managingEditor>rss-help@arxiv.org</managingEditor>${description('Abstract: We.')}`);
    expect(only(arxivRss, source)?.authors).toEqual([]);
  });

  it('does not change math and bare characters', () => {
    const source = rss(
      description(
        'Abstract: If $a&lt;b$ and $c&gt;d$, &lt;i&gt;then&lt;/i&gt; N\\\'e\\"el &amp;amp; 3\\% of $\\"u$.',
      ),
    );
    expect(only(arxivRss, source)?.abstract).toBe('If $a<b$ and $c>d$, then Néël & 3\\% of $\\"u$.');
  });

  it('does not fit feeds of other sites', () => {
    const source = rss('<item><title>T</title><link>https://arxiv.org/abs/2611.00001</link></item>');
    expect(feedFormats.filter((format) => format.fits(source))).toEqual([feed]);
    const atom =
      '<feed><entry><id>http://arxiv.org/abs/2611.00001v1</id><content>A.</content></entry></feed>';
    expect(feedFormats.filter((format) => format.fits(atom))).toEqual([feed]);
    expect(only(feed, atom)).toMatchObject({ abstract: 'A.', ids: { arxiv: '2611.00001', arxivVersion: 1 } });
  });
});

describe('the text of an entry', () => {
  const abstractOf = (fields: string) => {
    const { abstract, isExcerpt } = only(feed, rss(`<item><title>T</title>${fields}</item>`)) ?? {};
    return { abstract, isExcerpt };
  };
  const long = 'A whole abstract. '.repeat(20).trim();

  it('is the one that is not shortened', () => {
    const fields = `<description>${long} and…</description><content:encoded>&lt;p&gt;${long}&lt;/p&gt;</content:encoded>`;
    expect(abstractOf(fields)).toEqual({ abstract: long, isExcerpt: undefined });
  });

  it('is a summary rather than a whole article', () => {
    const fields = `<description>${long}</description><content:encoded>${long.repeat(50)}</content:encoded>`;
    expect(abstractOf(fields)).toEqual({ abstract: long, isExcerpt: undefined });
  });

  it('is an excerpt when there is no more', () => {
    expect(abstractOf('<description>It begins [...]</description>')).toEqual({
      abstract: 'It begins [...]',
      isExcerpt: true,
    });
  });

  it('begins after its heading, and ends before lines added by the index', () => {
    const fields =
      '<content:encoded>&lt;p&gt;J Quokka. 2026 Nov 23. doi: 10.9999/q.&lt;/p&gt;&lt;p&gt;&lt;b&gt;ABSTRACT&lt;/b&gt;&lt;/p&gt;&lt;p&gt;BACKGROUND: Maps.&lt;/p&gt;&lt;p&gt;PMID:&lt;a href="https://x.example/1"&gt;1&lt;/a&gt;&lt;/p&gt;</content:encoded>' +
      '<dc:identifier>pmid:12345678</dc:identifier><dc:identifier>doi:10.9999/q</dc:identifier>';
    const paper = only(feed, rss(`<item><title>T</title>${fields}</item>`));
    expect(paper).toMatchObject({
      abstract: 'BACKGROUND: Maps.',
      ids: { pmid: '12345678', doi: '10.9999/q' },
    });
  });

  it('gives authors when the feed has them nowhere else', () => {
    const fields =
      '<description>&lt;p&gt;Publication date: 2026&lt;/p&gt;&lt;p&gt;Author(s): A. B. Cee, Dee Eff&lt;/p&gt;</description>';
    expect(only(feed, rss(`<item><title>T</title>${fields}</item>`))).toMatchObject({
      abstract: '',
      authors: ['A. B. Cee', 'Dee Eff'],
    });
  });
});

describe('the authors of an entry', () => {
  it.each([
    ['<dc:creator>Doe, Jane</dc:creator>', ['Jane Doe']],
    ['<dc:creator>Doe, J., Roe, R. R.</dc:creator>', ['J. Doe', 'R. R. Roe']],
    ['<dc:creator>Doe, Jane; Roe, Rick</dc:creator>', ['Jane Doe', 'Rick Roe']],
    ['<dc:creator>Jane Doe, Rick Roe and A. B. Cee</dc:creator>', ['Jane Doe', 'Rick Roe', 'A. B. Cee']],
    ['<dc:creator>Jane Doe, Rick Roe</dc:creator>', ['Jane Doe', 'Rick Roe']],
    ['<dc:creator>Jane Doe</dc:creator><dc:creator>Roe, Rick</dc:creator>', ['Jane Doe', 'Rick Roe']],
    ['<author>jane@group.example (Jane Doe)</author>', ['Jane Doe']],
    ['<author>jane@group.example</author>', []],
    [
      '<author><name>Jane Doe</name><email>j@group.example</email></author><author><name>Rick Roe</name></author>',
      ['Jane Doe', 'Rick Roe'],
    ],
  ])('%s', (fields, authors) => {
    expect(only(feed, rss(`<item><title>T</title>${fields}</item>`))?.authors).toEqual(authors);
  });
});
