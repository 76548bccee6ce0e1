import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, child, children, lineAt, lineCounter, readXml, xmlText } from './xml';

const feedXml = `<?xml version="1.0"?>
<!-- <!DOCTYPE no> -->
<feed xmlns="urn:x">
  <entry id="1&amp;2"><dc:creator> Zoë &amp; <i>Wei</i> </dc:creator><title><![CDATA[a <b> &amp;]]></title></entry>
  <entry/>
</feed>`;

describe('readXml', () => {
  it('reads names with their prefix, entities once, CDATA, and start indices', () => {
    const { root, refusal } = readXml(feedXml);
    expect([refusal, root?.name, root?.startIndex]).toEqual([null, 'feed', feedXml.indexOf('<feed')]);
    const entries = root === null ? [] : children(root, 'entry');
    expect(entries.map((entry) => lineAt(feedXml, entry.startIndex ?? 0))).toEqual([4, 5]);
    const [first, second] = entries;
    expect(attribute(first, 'id')).toBe('1&2');
    expect([attribute(second, 'id'), attribute(undefined, 'id'), attribute(first, '__proto__')]).toEqual([
      '',
      '',
      '',
    ]);
    expect(first && xmlText(child(first, 'dc:creator'))).toBe('Zoë & Wei');
    expect(first && xmlText(child(first, 'title'))).toBe('a <b> &amp;');
    expect(second && xmlText(child(second, 'title'))).toBe('');
  });

  it.each([
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<?xml version="1.0"?>\n<!-- c --><!doctype a SYSTEM "x" [\n<!ELEMENT a ANY> <!ENTITY x SYSTEM "file:///x">]><a/>',
  ])('refuses entities of the file’s own: %j', (source) => {
    const { root, refusal } = readXml(source);
    expect(root).toBeNull();
    expect(refusal).toContain('XML entities of its own');
  });

  it('expands nothing, even with a hidden declaration', () => {
    const { root } = readXml('<a>&x;</a><!DOCTYPE a [<!ENTITY x "yyy">]>');
    expect(root && xmlText(root)).toBe('&x;');
  });

  it.each([
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM" "https://dtd.example.org/pubmed.dtd"><a>&lt;!ENTITY</a>',
    '<!DOCTYPE a [<!ELEMENT a ANY>]><a/>',
  ])('accepts a DOCTYPE without entities: %j', (source) => {
    expect(readXml(source)).toMatchObject({ refusal: null, root: { name: 'a' } });
  });

  it('gives null without a root element', () => {
    expect(readXml('')).toEqual({ root: null, refusal: null });
    expect(readXml('<!-- <a>')).toEqual({ root: null, refusal: null });
  });

  it('does not throw for any text or prefix of one', () => {
    for (let length = 0; length < feedXml.length; length++) readXml(feedXml.slice(0, length));
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '<a',
      '<!DOCTYPE',
      '[',
      ']',
      '<!ENTITY',
      '<?',
      '?>',
      '<!--',
      '&',
      '"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const { root, refusal } = readXml(parts.join(''));
        expect(root === null || refusal === null).toBe(true);
      }),
    );
  });

  it.each(['<a>', '<a><b/></c>', '<?', '<!--', '<!DOCTYPE ', '<!DOCTYPE[', '&a;'])(
    'takes 100,000 times %j',
    (piece) => {
      const source = piece.repeat(100_000);
      const { root } = readXml(source);
      expect(xmlText(root ?? undefined).length).toBeLessThanOrEqual(source.length);
    },
  );
});

describe('lineCounter', () => {
  it('counts the same lines as splitting, for indices in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '\n', '\r', '\r\n')),
        fc.array(fc.nat(30)),
        (parts, indices) => {
          const source = parts.join('');
          const lineOf = lineCounter(source);
          for (const asked of indices) {
            const index = Math.min(asked, source.length);
            const before = source.slice(0, index).replace(/\r$/, source.charAt(index) === '\n' ? '' : '\r');
            expect(lineOf(index)).toBe(before.split(/\r\n|\r|\n/).length);
          }
        },
      ),
    );
  });
});
