import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newsletter } from './newsletter';
import { isFooter, isWeakTitle, withoutButtons } from './newsletter-words';
import { scholarAlert } from './scholar-alert';

function titles(body: string): string[] {
  return newsletter.parse(`<html><body>${body}</body></html>`).papers.map(({ title }) => title);
}

const arxivPrefix = 'https://arxiv.org/abs/2606.000';

describe('a newsletter or a page', () => {
  it('uses the text before a link whose own text is not a title', () => {
    expect(
      titles(
        `<p>Quokka-Net: scoring maps [<a href="${arxivPrefix}10">PDF</a>] [<a href="${arxivPrefix}20">2606.00020</a>]</p>`,
      ),
    ).toEqual(['Quokka-Net: scoring maps', '']);
    expect(
      titles(`<div>Quokka-Net: scoring maps</div><div><a href="${arxivPrefix}10">arXiv</a></div>`),
    ).toEqual(['Quokka-Net: scoring maps']);
    expect(titles(`<h2>Quokka-Net: scoring maps <a href="${arxivPrefix}10">[link]</a></h2>`)).toEqual([
      'Quokka-Net: scoring maps',
    ]);
  });

  it('does not give a title between two papers to the first one', () => {
    const { papers } = newsletter.parse(
      `<body><div><a href="${arxivPrefix}10">The first of them</a></div><div>Its text.</div>` +
        `<div>The title of the second</div><div><a href="${arxivPrefix}20">Read more</a></div><div>Another text.</div></body>`,
    );
    expect(papers.map(({ title, abstract }) => [title, abstract])).toEqual([
      ['The first of them', 'Its text.'],
      ['The title of the second', 'Another text.'],
    ]);
  });

  it('makes one paper of several links, and keeps the longest text', () => {
    const { papers } = newsletter.parse(
      `<body><ul><li><a href="${arxivPrefix}10">Quokka-Net again</a></li><li><a href="${arxivPrefix}20">Two of them</a></li></ul>` +
        `<h3><a href="${arxivPrefix}10v2">Quokka-Net again</a></h3><p>We study maps.</p></body>`,
    );
    expect(papers.map(({ title, abstract }) => [title, abstract])).toEqual([
      ['Quokka-Net again', 'We study maps.'],
      ['Two of them', ''],
    ]);
  });

  it('ends the last paper at the footer', () => {
    const { papers } = newsletter.parse(
      `<body><p><a href="${arxivPrefix}10">Quokka-Net again</a></p><p>We study.</p><p>Unsubscribe</p><p>Street 1</p></body>`,
    );
    expect(papers[0]).toMatchObject({ abstract: 'We study.', isExcerpt: true });
  });

  it('reports what it looked for when there is no link to a paper', () => {
    const page = '<!doctype html><html><body><p><a href="https://news.example/">News</a></p></body></html>';
    expect(newsletter.parse(page)).toEqual({
      papers: [],
      problems: [{ where: 'file', why: expect.stringMatching(/^No paper was found; looked for/) as string }],
    });
  });

  it('reads a saved listing of arXiv, with or without its host', () => {
    const list = (host: string) =>
      `<html><body><dl id="articles"><h3>New submissions</h3><dt><a name="item1">[1]</a> <a href="${host}/abs/2611.00010" title="Abstract">arXiv:2611.00010</a> [<a href="${host}/pdf/2611.00010">pdf</a>]</dt>` +
      `<dd><div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span> Quokka-Net: $a &lt; b$</div>` +
      `<div class="list-authors"><a href="x">Zoë Márquez</a>, <a href="y">Wei O'Brien</a></div>` +
      `<div class="list-subjects"><span class="descriptor">Subjects:</span> <span class="primary-subject">Machine Learning (cs.LG)</span>; Statistics (stat.ML)</div>` +
      `<p class="mathjax">We study\nmaps.</p></div></dd>` +
      `<dt><a href="${host}/abs/2611.00020">arXiv:2611.00020</a> (cross-list from cs.CV)</dt><dd><div class="list-title">Title: Two</div></dd></dl></body></html>`;
    for (const host of ['', 'https://arxiv.org']) {
      expect(newsletter.parse(list(host)).papers).toEqual([
        {
          title: 'Quokka-Net: $a < b$',
          abstract: 'We study maps.',
          authors: ['Zoë Márquez', "Wei O'Brien"],
          ids: { arxiv: '2611.00010' },
          url: 'https://arxiv.org/abs/2611.00010',
          categories: ['cs.LG', 'stat.ML'],
          position: 0,
        },
        {
          title: 'Two',
          abstract: '',
          authors: [],
          ids: { arxiv: '2611.00020' },
          url: 'https://arxiv.org/abs/2611.00020',
          announced: 'cross',
          position: 1,
        },
      ]);
    }
  });

  it('reads the meta elements of a publisher’s page about a paper', () => {
    const page =
      '<html><head><meta name="citation_title" content="Quokka-Net &amp; maps"><meta name="citation_author" content="Márquez, Zoë">' +
      '<meta name="citation_author" content="O\'Brien, Wei"><meta name="citation_doi" content="10.9999/Q.1"><meta name="citation_date" content="2026/11/19">' +
      '<meta name="__proto__" content="x"><meta property="og:url" content="javascript:alert(1)"></head><body><a href="https://arxiv.org/abs/2606.00010">cited</a></body></html>';
    expect(newsletter.parse(page).papers).toEqual([
      {
        title: 'Quokka-Net & maps',
        abstract: '',
        authors: ['Zoë Márquez', "Wei O'Brien"],
        ids: { doi: '10.9999/q.1' },
        date: '2026-11-19',
        position: 0,
      },
    ]);
  });

  it.each([
    ['a page', '<!DOCTYPE html><p>x', true],
    ['a piece of a mail', '<div>x</div>', true],
    ['an SVG image', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', false],
    ['a saved page', '<!-- saved --><!DOCTYPE html>\n<html><head></head></html>', true],
    ['XHTML', '<?xml version="1.0"?>\n<html xmlns="x"><body/></html>', true],
    ['a feed', '<rss version="2.0"><channel><description><p>x</p></description></channel></rss>', false],
    ['XML', '<?xml version="1.0"?><records><record/></records>', false],
    ['Markdown', '# A\n\n<p>x</p>', false],
  ])('%s', (_, text, fits) => {
    expect(newsletter.fits(text)).toBe(fits);
    expect(scholarAlert.fits(text)).toBe(false);
  });

  it('reads any markup, and never gives a script as a link', () => {
    const sign = fc.constantFrom(
      '<a href="https://arxiv.org/abs/2606.00010">',
      '<a href="java&#10;script:alert(1)">',
      '</a>',
      '<h3>',
      '</h3>',
      '<p>',
      '<div>',
      '</div>',
      '<dl><dt>',
      '<dd>',
      '<br>',
      'Quokka-Net',
      ' - 2026',
      'PDF',
      '<!--',
      '&lt;',
      '<',
      '"',
      'toString',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        for (const format of [newsletter, scholarAlert]) {
          const { papers } = format.parse(signs.join(''));
          papers.forEach((paper, index) => {
            expect(paper.position).toBe(index);
            expect(paper.url ?? 'https:').toMatch(/^https?:/);
          });
        }
      }),
    );
  });

  it('does not hang on deep or long markup', () => {
    const link = `<a href="${arxivPrefix}10">`;
    for (const run of [
      '<div>',
      '<p>',
      link,
      `${link}x</a>`,
      '<dl><dt>',
      '<h3>x',
      '<b>',
      '<td>',
      '[',
      ' | ',
      '(',
      '<',
      '&',
      '. ',
      ', A',
    ]) {
      for (const lead of ['<p>', `<p>${link}Quokka-Net</a> `, '<h3>']) {
        const text = lead + run.repeat(10_000 / run.length) + ' x';
        expect(Array.isArray(newsletter.parse(text).papers)).toBe(true);
        expect(Array.isArray(scholarAlert.parse(text).papers)).toBe(true);
      }
    }
  });
});

describe('the words of a newsletter', () => {
  it.each([
    'PDF',
    '[link]',
    '2606.00010v2',
    'arXiv:2606.00010',
    'https://arxiv.org/abs/2606.00010',
    'Read the full paper →',
    '',
    '12 comments',
    '10.9999/q.1',
    '»',
  ])('distinguish "%s" from a title', (text) => {
    expect(isWeakTitle(text)).toBe(true);
  });

  it.each(['Quokka-Net', 'toString', 'Read, write and map: a study of quokkas', 'GPT', '量子地图'])(
    'take "%s" for a title',
    (text) => {
      expect(isWeakTitle(text)).toBe(false);
    },
  );

  it('distinguish buttons and footers from text', () => {
    expect(withoutButtons('(Oral)')).toBe('(Oral)');
    expect(withoutButtons('] We study maps (of quokkas) [')).toBe('We study maps (of quokkas)');
    expect(isWeakTitle('[https://example.org/q]')).toBe(true);
    expect(withoutButtons('PDF | Code | 12 comments\nWe study maps.\n[abs]')).toBe('We study maps.');
    expect(isFooter('Click here to unsubscribe.')).toBe(true);
    expect(isFooter(`We study how people unsubscribe. ${'More of it. '.repeat(50)}`)).toBe(false);
  });
});
