import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownList } from './markdown-list';
import { inlineLinks, inlineText } from './markdown-list-inline';

const longSentence =
  'We study maps of quokkas and find that they are better than all maps of other animals. '.repeat(4);

function parse(text: string) {
  return markdownList.parse(text).papers.map(({ title, abstract, authors, ids }) => ({
    title,
    abstract,
    authors,
    arxiv: ids.arxiv,
  }));
}

describe('a Markdown list', () => {
  it('reads abstracts below headings that are links', () => {
    const text = `# Week 47\n\n## 1. [Quokka-Net](https://arxiv.org/abs/2611.00010)\n\nAuthors: Ada Quokka\n\n### Abstract\n\n${longSentence}\n\n[PDF](https://arxiv.org/pdf/2611.00010)\n\n## [Two](https://arxiv.org/abs/2611.00020)\n\nShort.\n`;
    expect(parse(text)).toEqual([
      { title: 'Quokka-Net', abstract: longSentence.trim(), authors: ['Ada Quokka'], arxiv: '2611.00010' },
      { title: 'Two', abstract: 'Short.', authors: [], arxiv: '2611.00020' },
    ]);
  });

  it('reads links below the bullet with their title', () => {
    const text =
      '- Quokka-Net: scoring maps\n  - <https://arxiv.org/abs/2611.00010>\n  - We study maps.\n- A note\n';
    expect(parse(text)).toEqual([
      { title: 'Quokka-Net: scoring maps', abstract: 'We study maps.', authors: [], arxiv: '2611.00010' },
    ]);
  });

  it('merges all mentions of a paper in a list', () => {
    const text =
      '- [Quokka-Net](https://arxiv.org/abs/2611.00010)\n- [Two](https://arxiv.org/abs/2611.00020)\n\n## [Quokka-Net](https://arxiv.org/abs/2611.00010v2)\n\nWe study maps.\n';
    expect(parse(text).map(({ title, abstract }) => [title, abstract])).toEqual([
      ['Quokka-Net', 'We study maps.'],
      ['Two', ''],
    ]);
  });

  it('treats a heading with several papers as a section', () => {
    const text =
      '# Papers\n\n## Of the week\n\n<https://arxiv.org/abs/2611.00010>\n\n<https://arxiv.org/abs/2611.00020>\n';
    expect(markdownList.fits(text)).toBe(true);
    expect(parse(text).map(({ title }) => title)).toEqual(['', '']);
  });

  it('reports what it looked for when there is nothing', () => {
    const { papers, problems } = markdownList.parse('# Notes\n\n- one\n- two\n');
    expect(papers).toEqual([]);
    expect(problems).toEqual([
      {
        where: 'file',
        why: 'No paper was found; looked for headings, bullets and tables with links in them.',
      },
    ]);
  });

  it('loses nothing below a fence that is never closed', () => {
    expect(parse('# A\n\n```\ncode\n\n- [Quokka-Net](https://arxiv.org/abs/2611.00010)\n')).toHaveLength(1);
  });

  it('never gives a script as a link', () => {
    const links = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      'java&Tab;script:alert(1)',
      '&#106;avascript:alert(1)',
      'javascript&colon;alert(1)',
      'data:text/html,<script>1</script>',
      'vbscript:msgbox',
      '//evil.example',
      '\u0001javascript:alert(1)',
    ];
    for (const link of links) {
      for (const address of [link, `<${link}>`, `${link} "title"`]) {
        const { papers } = markdownList.parse(`- [A title](${address})\n- [Good](https://good.example/)\n`);
        expect(papers.map(({ url }) => url)).toEqual(['https://good.example/']);
      }
    }
  });
});

describe('what is a Markdown list', () => {
  it.each([
    ['bullets with links', '# Reading list\n\n- [Quokka-Net](https://arxiv.org/abs/2606.00010)\n- Another\n'],
    ['one bullet', '- [Quokka-Net](https://arxiv.org/abs/2606.00010)\n'],
    ['headings and text', `# Quokka-Net\n\n${longSentence}\n\n## Installation\n\n${longSentence}\n`],
    ['a table', '| Title | Link |\n|--|--|\n| Q | [pdf](https://arxiv.org/pdf/2606.00010) |\n'],
    [
      'a text that quotes an arXiv mail',
      '# Notes\n\n- one\n- two\n\n```\n\\\\\narXiv:2606.00010\nTitle: Quokka-Net\n\\\\\n  We study.\n\\\\\n```\n',
    ],
  ])('%s', (_, text) => {
    expect(markdownList.fits(text)).toBe(true);
    expect(markdownList.fits(text.replaceAll('\n', '\r\n'))).toBe(true);
  });

  it.each([
    ['prose', longSentence.repeat(3)],
    ['prose with a link', `${longSentence}\n\nSee https://arxiv.org/abs/2606.00010 for more.\n`],
    ['code', '# See https://example.org\nimport a\n# another\ndef f():\n    return 1\n# third\nx = 2\n'],
    ['a script', '#!/bin/sh\n# Fetch it\ncurl https://example.org\n# Done\necho 1\n'],
    [
      'records of YAML',
      '- title: Quokka-Net\n  url: https://arxiv.org/abs/2606.00010\n- title: Two\n  url: x\n',
    ],
    ['a log', '[12:00] started https://arxiv.org/abs/2606.00010\n[12:01] ended\n'],
    ['a page', '<ul><li>- [x](https://arxiv.org/abs/2606.00010)</li></ul>\n'],
    [
      'an arXiv mail',
      '------------------\n\\\\\narXiv:2606.00010\nDate: Mon, 1 Jun 2026\n\nTitle: Quokka-Net\nAuthors: Ada Quokka\n\\\\\n  We study.\n\\\\ ( https://arxiv.org/abs/2606.00010 ,  12kb)\n------------------\n',
    ],
    ['numbered references', '[1] Márquez, Z. Quokka-Net.\n[2] O’Brien, W. Another.\n'],
  ])('is not %s', (_, text) => {
    expect(markdownList.fits(text)).toBe(false);
  });
});

describe('a line of Markdown', () => {
  it.each([
    ['**bold** and *it* and __b__ and _i_ and `c` ~~s~~', 'bold and it and b and i and c s'],
    ['a * b ** c, snake_case_name, 2*3*4', 'a * b ** c, snake_case_name, 234'],
    ['$a_i < b_i$ and $x*y*z$', '$a_i < b_i$ and $x*y*z$'],
    ['[text](https://x.example/a_(b)) and <https://y.example>', 'text and https://y.example'],
    ['`__proto__` and `a *b* c`', '__proto__ and a *b* c'],
    ['![a picture](x.png) gone', 'gone'],
    ['\\*not bold\\* &amp; a < b', '*not bold* & a < b'],
  ])('%s', (source, text) => {
    expect(inlineText(source)).toBe(text);
  });

  it('is split into links that do not overlap, whatever its brackets', () => {
    const sign = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '](',
      '<',
      '>',
      '`',
      '*',
      '!',
      '\\',
      ' ',
      'https://a.example/',
      'x',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        const line = signs.join('');
        let at = 0;
        for (const { start, end, source } of inlineLinks(line)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(line.slice(start, end)).toContain(source);
          at = end;
        }
        expect(typeof inlineText(line)).toBe('string');
      }),
    );
  });

  it('is read whatever the text', () => {
    const sign = fc.constantFrom(
      '# ',
      '- ',
      '  ',
      '\n',
      '\n\n',
      '[a](https://arxiv.org/abs/2606.00010)',
      '|',
      '```',
      '<!--',
      '**',
      '> ',
      'toString',
      '---',
      '[',
      '](',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        const { papers } = markdownList.parse(signs.join(''));
        papers.forEach(({ url }) => expect(url).toMatch(/^https?:/));
        expect(typeof markdownList.fits(signs.join(''))).toBe('boolean');
      }),
    );
  });

  it('does not hang on long runs of the beginnings of its patterns', () => {
    const runs = [
      '[',
      ']',
      '](',
      '(',
      '*',
      '_',
      '~',
      '`',
      '!',
      '![',
      '![](',
      '<',
      'h',
      'http://',
      '> ',
      '- ',
      '# ',
      '|',
      '\\',
      '**a',
      ' ',
      '\t',
      '1. ',
      '- [a](',
      '#',
      '. ',
      ', A',
      'A. ',
      '-',
      '$',
      '&',
      '<!--',
      '(2026',
      '"',
      '\n[',
      '\n- **',
      'https://a.example/)',
    ];
    for (const run of runs) {
      for (const lead of ['', '- [a](https://arxiv.org/abs/2606.00010) ', '# ']) {
        const text = lead + run.repeat(10_000 / run.length) + ' x';
        expect(Array.isArray(markdownList.parse(text).papers)).toBe(true);
        expect(typeof markdownList.fits(text)).toBe('boolean');
      }
    }
  });
});
