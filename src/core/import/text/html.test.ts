import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elements, htmlText, markupToText, parseHtml } from './html';

const textOf = (html: string) => htmlText(parseHtml(html));

describe('htmlText', () => {
  it.each([
    ['<h1>Quokka-<i>Net</i></h1><p>We\n  study <b> maps </b>.</p>', 'Quokka-Net\nWe study maps .'],
    ['one<br>two<div></div><div>three</div>', 'one\ntwo\nthree'],
    ['<head><title>x</title></head><style>y</style><script>z</script><!-- c --><p>text', 'text'],
    ['<table><tr><td>1</td><td>2</td></tr><tr><td>3', '1 2\n3'],
    ['<p>a</p><pre>\\\\\narXiv:1\n\n  folded</pre>b', 'a\n\\\\\narXiv:1\n\n  folded\nb'],
    ['&eacute; &amp;lt; &#8211; &nbsp; x', 'é &lt; – x'],
    ['5 < 6 & 7 > 3', '5 < 6 & 7 > 3'],
  ])('reads %j', (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it('reads a list of nodes, and a head element passed directly', () => {
    const page = parseHtml('<head><title>T</title></head><p>a</p><p>b</p>');
    expect(htmlText(page.children.slice(1))).toBe('a\nb');
    expect(htmlText(elements(page, 'head'))).toBe('T');
  });
});

describe('elements', () => {
  it('finds them at any depth in document order', () => {
    const page = parseHtml('<div id=a><div id=b></div></div><p><DIV id=c></DIV></p>');
    expect(elements(page, 'div').map((element) => element.attribs['id'])).toEqual(['a', 'b', 'c']);
  });

  it('finds none outside the root, nor the root', () => {
    const [first] = elements(parseHtml('<p><i>1</i></p><p><i>2</i></p>'), 'p');
    expect(first && elements(first, 'i')).toHaveLength(1);
    expect(first && elements(first, 'p')).toHaveLength(0);
  });
});

describe('markupToText', () => {
  it.each([
    [
      '<jats:title>Abstract</jats:title><jats:p>We study <jats:italic>maps</jats:italic>.</jats:p>',
      'Abstract\nWe study maps.',
    ],
    ['<p>One</p>\n<p>Two &amp;lt; three</p>', 'One\nTwo &lt; three'],
    ['Zo&euml; &amp; R&amp;D', 'Zoë & R&D'],
    ['<span style="font-variant:small-caps">Quokka</span>', 'Quokka'],
    ['<!-- <p>no</p> -->yes', 'yes'],
    ['10<sup>5</sup> and 10<sup>-3</sup>, H<sub>2</sub>O, 1<sup>st</sup>', '10^5 and 10^-3, H2O, 1st'],
    [
      '<jats:alternatives><jats:tex-math>\\documentclass{x}\\begin{document}$$a<b$$\\end{document}</jats:tex-math><mml:math><mml:mi>a</mml:mi></mml:math></jats:alternatives>',
      '$$a<b$$',
    ],
  ])('gives the text of %j', (fragment, text) => {
    expect(markupToText(fragment)).toBe(text);
  });

  it.each([
    'a < b and c > d',
    'a<b and c>d',
    'Vec<T> and <mask>',
    '$a<b_{i}$ and $b>c$',
    '<!-- never closed',
    'two  spaces\nand a line',
    'AT&T',
  ])('does not change %j', (text) => {
    expect(markupToText(text)).toBe(text);
  });

  it('distinguishes bare characters from tags in one text', () => {
    expect(markupToText('<p>a<b and Vec<T>, <i>x</i> &lt; y</p>')).toBe('a<b and Vec<T>, x < y');
  });

  it('does not change a text without tags, comments and entities', () => {
    const text = fc.string({ unit: 'binary' }).map((any) => any.replaceAll('&', '+').replaceAll('!', '.'));
    fc.assert(
      fc.property(text, (plain) => markupToText(plain.replace(/[>]/g, '')) === plain.replace(/[>]/g, '')),
    );
  });
});

describe('broken markup', () => {
  const nasty = [
    '<',
    '&',
    '<!--',
    '<div>',
    '</p>',
    '<b></i>',
    '&lt;',
    '<a b="',
    '<![CDATA[',
    '<svg><title>',
    '<p ',
  ];

  it.each(nasty)('takes 100,000 times %j', (piece) => {
    const markup = piece.repeat(100_000);
    expect(elements(parseHtml(markup), 'td')).toEqual([]);
    expect(textOf(`${markup}`).length).toBeLessThanOrEqual(2 * markup.length);
    expect(markupToText(markup).length).toBeLessThanOrEqual(markup.length);
  });

  it.each(['a', 'a ', 'a=', 'a="" ', ' '])(
    'takes a tag that is never closed, with 200,000 times %j in it',
    (piece) => {
      const fragment = `<p${piece.repeat(200_000)}`;
      expect(markupToText(fragment)).toBe(fragment);
      expect(markupToText(`${fragment}\u0001>`)).toBe(`${fragment}\u0001>`);
    },
  );

  it('keeps the text of 100,000 nested elements, and the text after them', () => {
    const depth = 100_000;
    const page = parseHtml(`${'<div>'.repeat(depth)}deep${'</div>'.repeat(depth)}<p>after</p>`);
    expect(elements(page, 'div')).toHaveLength(depth);
    expect(htmlText(page)).toBe('deep\nafter');
  });

  it('does not throw for any text', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</',
      '<p',
      ' a="',
      "'",
      '<!--',
      '-->',
      '&',
      '&#x',
      ';',
      '<pre>',
      '<sup>',
      'p>',
      '1',
    );
    const markup = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 });
    fc.assert(
      fc.property(markup, (parts) => {
        const source = parts.join('');
        expect(textOf(source)).toBe(textOf(source).trim());
        markupToText(source);
      }),
    );
  });
});
