import { describe, expect, it } from 'vitest';
import { attribute, child, xmlText } from '../../text/xml';
import { isFeed, readFeed } from './feed-tree';

function titles(source: string): string[] {
  return readFeed(source).entries.map(({ element }) => {
    const title = child(element, 'title');
    return title === undefined ? '' : xmlText(title);
  });
}

describe('the tree of a feed', () => {
  it.each([
    '<rss>',
    '\uFEFF<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
    '<!-- a --><?xml-stylesheet href="a>b"?><!DOCTYPE rss [<!ENTITY a "b">]>\n<rdf:RDF>',
    '<atom:feed',
    '<entry><title>pasted',
  ])('is recognised in %j', (source) => {
    expect(isFeed(source)).toBe(true);
  });

  it.each([
    '',
    'rss',
    '<html><rss>',
    '<!-- <rss>',
    '<feedback>',
    'text <rss>',
    '<svg/>',
    '{"feed": "<rss>"}',
  ])('is not recognised in %j', (source) => {
    expect(isFeed(source)).toBe(false);
  });

  it('finds entries wherever they are', () => {
    expect(
      titles('<rss><channel><item><title>A</title></item></channel><item><title>B</title></item></rss>'),
    ).toEqual(['A', 'B']);
    expect(titles('<item><title>A</title></item>\n<item><title>B</title></item>')).toEqual(['A', 'B']);
    expect(titles('<rss><x><y><ITEM><Title>A</Title></ITEM></y></x></rss>')).toEqual(['A']);
  });

  it('separates entries that are not closed, however many', () => {
    const source = `<rss>${Array.from({ length: 400 }, (_, n) => `<item><title>T${n}`).join('\n')}`;
    expect(titles(source)).toEqual(Array.from({ length: 400 }, (_, n) => `T${n}`));
  });

  it('gives names their usual prefixes', () => {
    const source =
      '<z:feed xmlns:z="http://www.w3.org/2005/Atom" xmlns:q="https://purl.org/dc/elements/1.1/" xmlns:dc="urn:other">' +
      '<z:entry xmlns:p="http://prismstandard.org/namespaces/2.0/basic/"><q:Creator>A</q:Creator><dc:creator>B</dc:creator><p:DOI n="1"/></z:entry></z:feed>';
    const [entry] = readFeed(source).entries;
    expect(entry?.element.children.flatMap((node) => ('name' in node ? [node.name] : []))).toEqual([
      'dc:creator',
      'dc:creator',
      'prism:doi',
    ]);
    expect(entry && attribute(child(entry.element, 'prism:doi'), 'n')).toBe('1');
  });

  it('reports where entries are, and that the file is cut off', () => {
    const feed = readFeed('<rss>\n<item>\n</item>\n<item>\n');
    expect(feed.entries.map(({ where, isCut }) => [where, isCut])).toEqual([
      ['entry 1, line 2', false],
      ['entry 2, line 4', true],
    ]);
    expect(readFeed('<rss><item></item>').problems).toEqual([
      { where: 'end of file', why: 'The file is cut off after entry 1.' },
    ]);
    expect(readFeed('<rss><item></item></rss> <!-- made in 3 ms -->').problems).toEqual([]);
  });

  it('does not treat an unclosed last entry as cut off', () => {
    const feed = readFeed('<rss><channel><item><title>A</title></channel></rss>');
    expect(feed.entries.map(({ isCut }) => isCut)).toEqual([false]);
    expect(feed.problems).toEqual([]);
    expect(readFeed('<rss><channel>').problems[0]?.why).toBe('The file is cut off before its first entry.');
  });

  it('refuses a document that declares entities', () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const feed = readFeed(`<?xml version="1.0"?>${bomb}<rss><item><title>&b;&x;</title></item></rss>`);
    expect(feed.entries).toEqual([]);
    expect(feed.problems).toHaveLength(1);
    expect(feed.problems[0]?.why).toMatch(/entities/);
  });

  it('puts no text of a damaged feed into two entries', () => {
    for (const piece of [
      '<item>',
      '<item><title>x',
      '<item>x',
      '&',
      '<',
      '<![CDATA[',
      '<item',
      '<x:',
      '<!--',
      '</item>',
      '<item>t</item><b/>',
    ]) {
      const source = `<rss>${piece.repeat(20_000)}`;
      const texts = readFeed(source).entries.map(({ element }) => xmlText(element).length);
      expect(texts.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(source.length);
    }
  }, 30_000);
});
