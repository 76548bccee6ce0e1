import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkRuns, safeUrl } from './links';

describe('safeUrl', () => {
  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
    ['http://example.org', 'http://example.org'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
    [' \thttps://example.org/x ', 'https://example.org/x'],
  ])('lets %j through', (address, expected) => {
    expect(safeUrl(address)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u200bjavascript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'blob:https://example.org/1',
    'file:///etc/passwd',
    '//example.org/x',
    '/relative',
    'https:example.org',
    'https://good.example@evil.example/',
    'https://good.example\\@evil.example',
    '',
  ])('refuses %j', (address) => {
    expect(safeUrl(address)).toBeNull();
  });
});

describe('linkRuns', () => {
  it('ends an address before the punctuation of the sentence', () => {
    expect(linkRuns('Code: https://example.org/a/b. More.')).toEqual([
      { text: 'Code: ' },
      { text: 'https://example.org/a/b', href: 'https://example.org/a/b' },
      { text: '. More.' },
    ]);
  });

  it('ends an address at the remains of a TeX command', () => {
    expect(linkRuns('see https://example.org/SSM-DTA{Github}.')[1]?.href).toBe('https://example.org/SSM-DTA');
  });

  it('keeps a closing bracket that the address opens', () => {
    expect(linkRuns('https://example.org/a_(b)')[0]?.href).toBe('https://example.org/a_(b)');
    expect(linkRuns('(https://example.org/a)')[1]?.href).toBe('https://example.org/a');
  });

  it('neither loses nor adds a character, whatever the text', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('https://x.example/', 'http://', ')', '.', '{', ' '));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const runs = linkRuns(text);
        expect(runs.map((run) => run.text).join('')).toBe(text);
        for (const run of runs) if (run.href !== undefined) expect(safeUrl(run.href)).toBe(run.href);
      }),
    );
  });
});
