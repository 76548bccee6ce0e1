import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalArxivId, joinIds, readIds } from './ids';

describe('readIds', () => {
  it.each([
    ['2606.00010', { arxiv: '2606.00010' }],
    ['0704.0001v12', { arxiv: '0704.0001', arxivVersion: 12 }],
    ['arXiv:2606.00010v2', { arxiv: '2606.00010', arxivVersion: 2 }],
    ['oai:arXiv.org:2606.00010v3', { arxiv: '2606.00010', arxivVersion: 3 }],
    ['solv-int/9901001v1', { arxiv: 'solv-int/9901001', arxivVersion: 1 }],
    ['math.GT/0309136', { arxiv: 'math.GT/0309136' }],
    ['http://arxiv.org/abs/2606.00010v2', { arxiv: '2606.00010', arxivVersion: 2 }],
    ['https://www.arxiv.org/pdf/2606.00010.pdf', { arxiv: '2606.00010' }],
    ['https://huggingface.co/papers/2606.00010?utm_source=email', { arxiv: '2606.00010' }],
    ['https://doi.org/10.48550/arXiv.2606.00010', { arxiv: '2606.00010' }],
    ['10.9999/Quokka.2026.1', { doi: '10.9999/quokka.2026.1' }],
    ['doi: 10.9999/Quokka.2026.1.', { doi: '10.9999/quokka.2026.1' }],
    ['https://dx.doi.org/10.9999/quokka_2026.1', { doi: '10.9999/quokka_2026.1' }],
    ['arXiv:2606.00010v2 [cs.LG]', { arxiv: '2606.00010', arxivVersion: 2 }],
    ['arxiv.org/abs/2606.00010', { arxiv: '2606.00010' }],
    ['https://ar5iv.labs.arxiv.org/html/2606.00010', { arxiv: '2606.00010' }],
    ['https://doi.org/10.9999/quokka?utm_source=mail', { doi: '10.9999/quokka' }],
    ['doi:https://doi.org/10.9999/quokka', { doi: '10.9999/quokka' }],
    ['DOI 10.9999/quokka(2026)', { doi: '10.9999/quokka(2026)' }],
    ['10.9999/quokka).', { doi: '10.9999/quokka' }],
    ['PMID: 123', { pmid: '123' }],
    ['pmid:0123', { pmid: '123' }],
    ['https://pubmed.ncbi.nlm.nih.gov/123/?from=mail', { pmid: '123' }],
    ['https://www.ncbi.nlm.nih.gov/pubmed/123', { pmid: '123' }],
    ['https://openalex.org/W123', { openalex: 'W123' }],
    ['https://api.openalex.org/works/w123', { openalex: 'W123' }],
    [`https://www.semanticscholar.org/paper/Quokka-Net/${'0aF1'.repeat(10)}`, { s2: '0af1'.repeat(10) }],
    [`https://www.semanticscholar.org/paper/${'0af1'.repeat(10)}#citing`, { s2: '0af1'.repeat(10) }],
    ['CorpusID:123', { s2: 'corpus:123' }],
    ['CorpusId 123', { s2: 'corpus:123' }],
    ['https://api.semanticscholar.org/CorpusID:123', { s2: 'corpus:123' }],
  ])('reads %s', (field, ids) => {
    expect(readIds(field)).toEqual(ids);
  });

  it.each([
    '',
    '4096.1024',
    '2600.00010',
    '3.14159',
    '12',
    'https://example.org/abs/2606.00010',
    'see 2606.00010',
    'W123',
    '123456',
    'PMID: 0',
    'pmid:12a',
    'https://pubmed.ncbi.nlm.nih.gov/?term=123',
    'https://openalex.org/A123',
    'https://www.semanticscholar.org/paper/0af1',
  ])('reads nothing from %j', (field) => {
    expect(readIds(field)).toEqual({});
  });

  it('keeps ids as they are written: a number would lose its last zero', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1501, max: 9912 }),
        fc.integer({ min: 0, max: 99_999 }),
        (month, number) => {
          fc.pre(month % 100 >= 1 && month % 100 <= 12);
          const arxiv = `${month}.${String(number).padStart(5, '0')}`;
          expect(readIds(`https://arxiv.org/abs/${arxiv}v1`)).toEqual({ arxiv, arxivVersion: 1 });
        },
      ),
    );
  });

  it('never throws, whatever the text', () => {
    const beginnings = ['', 'arXiv:', 'doi:10.9999/', 'https://arxiv.org/abs/', 'PMID: ', 'CorpusID:'];
    const fields = fc
      .tuple(fc.constantFrom(...beginnings), fc.string({ unit: 'binary' }))
      .map((parts) => parts.join(''));
    fc.assert(fc.property(fields, (text) => Object.keys(readIds(text)).length <= 2));
  });
});

describe('canonicalArxivId', () => {
  it('leaves out the subject class that arXiv leaves out', () => {
    expect(canonicalArxivId('math.GT/0309136')).toBe(canonicalArxivId('math/0309136'));
    expect(canonicalArxivId('2606.00010')).toBe('2606.00010');
  });
});

describe('joinIds', () => {
  it('keeps the first id of each kind', () => {
    const ids = { doi: '10.9999/q', pmid: '7', openalex: 'W7', s2: 'corpus:7' };
    expect(joinIds({}, ids, { doi: '10.9999/r', openalex: 'W8', s2: 'corpus:8', pmid: '8' })).toEqual(ids);
  });

  it('takes the version of the arXiv id that it keeps, and of no other', () => {
    const versioned = { arxiv: '2606.00010', arxivVersion: 2 };
    expect(joinIds({ arxiv: '2606.00010' }, versioned)).toEqual(versioned);
    expect(joinIds(versioned, { arxiv: '2606.00010', arxivVersion: 3 })).toEqual(versioned);
    expect(joinIds({ arxiv: '2501.00001' }, versioned)).toEqual({ arxiv: '2501.00001' });
  });
});
