import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idsInText, idsOfLink, unwrapLink } from './find-ids';

const target = 'https://arxiv.org/abs/2611.00010v2';
const encoded = encodeURIComponent(target);

describe('unwrapLink', () => {
  it.each([
    `https://scholar.google.com/scholar_url?url=${target}&hl=en&sa=X`,
    `https://scholar.google.example/scholar_url?hl=en&amp;url=${encoded}`,
    `https://www.google.com/url?q=${encoded}&sa=D`,
    `https://www.google.com/url?sa=t&url=${encodeURIComponent(`https://mail.example.org/?u=${encoded}`)}`,
    `https://eur03.safelinks.example.com/?url=${encoded}&data=05%7C02`,
    `https://tracking.example.com/CL0/https:%2F%2Farxiv.org%2Fabs%2F2611.00010v2/1/0100`,
    `https://urldefense.example.com/v3/__${target}__;!!abc`,
    `${target}?utm_source=mail&utm_campaign=x`,
    `  ${target} `,
  ])('finds the target of %s', (link) => {
    expect(unwrapLink(link)).toBe(target);
  });

  it.each([
    'https://example.org/search?q=maps&page=2',
    'https://example.org/?x=%',
    'mailto:a@example.org',
    '',
    '#top',
  ])('does not change %j', (link) => {
    expect(unwrapLink(link)).toBe(link);
  });

  it('keeps the other parameters and the fragment', () => {
    expect(unwrapLink('https://example.org/a?id=1&utm_medium=x&b=%20#c')).toBe(
      'https://example.org/a?id=1&b=%20#c',
    );
  });
});

describe('idsOfLink', () => {
  it.each([
    [`https://www.google.com/url?q=${encoded}`, { arxiv: '2611.00010', arxivVersion: 2 }],
    ['https://doi.org/10.9999/Quokka?utm_source=x', { doi: '10.9999/quokka' }],
    ['https://publisher.example.org/doi/full/10.9999/quokka.2026.1', { doi: '10.9999/quokka.2026.1' }],
    ['https://publisher.example.org/doi/10.9999%2Fquokka/pdf', { doi: '10.9999/quokka' }],
    [
      'https://www.biorxiv.org/content/10.9999/2026.11.19.123456v1.full',
      { doi: '10.9999/2026.11.19.123456' },
    ],
    ['https://pubmed.ncbi.nlm.nih.gov/123/', { pmid: '123' }],
    ['https://example.org/2611.00010', {}],
  ])('reads %s', (link, ids) => {
    expect(idsOfLink(link)).toEqual(ids);
  });
});

describe('idsInText', () => {
  it.each([
    ['See arXiv:2611.00010v2 [cs.LG] and arXiv:2611.00020.', { arxiv: '2611.00010', arxivVersion: 2 }],
    ['arXiv preprint arXiv: math.GT/0309136, 2003', { arxiv: 'math.GT/0309136' }],
    ['(doi:10.9999/Quokka.2026.1).', { doi: '10.9999/quokka.2026.1' }],
    [
      '10.9999/quokka(2026), also at https://arxiv.org/pdf/2611.00010.',
      { doi: '10.9999/quokka(2026)', arxiv: '2611.00010' },
    ],
    ['https://doi.org/10.48550/arXiv.2611.00010', { arxiv: '2611.00010' }],
    ['Between 2611.00010 and 12.5, see 110.9999/x, arxiv:9999.12345', {}],
    ['', {}],
  ])('reads %j', (text, ids) => {
    expect(idsInText(text)).toEqual(ids);
  });

  it('does not throw for any text', () => {
    const parts = fc.constantFrom(
      'arXiv:',
      '2611.00010',
      'v2',
      '10.9999/',
      'https://',
      'arxiv.org/abs/',
      '?url=',
      '%',
      '%2F',
      '(',
      ')',
      '.',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ unit: 'binary' }))), (pieces) => {
        const text = pieces.join('');
        idsInText(text);
        idsOfLink(text);
        expect(unwrapLink(text).length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it.each(['arXiv:', 'arxiv ', 'https://', '10.9999/', '10.9999/(', 'https://a?url=', 'a-', '2611.'])(
    'takes 50,000 times %j',
    (piece) => {
      expect(idsInText(piece.repeat(50_000)).arxiv).toBeUndefined();
      expect(idsOfLink(piece.repeat(50_000)).arxiv).toBeUndefined();
    },
  );
});
