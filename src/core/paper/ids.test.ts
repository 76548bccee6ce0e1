import { describe, expect, it } from 'vitest';
import { canonicalArxivId, readIds } from './ids';

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
  ])('reads nothing from %j', (field) => {
    expect(readIds(field)).toEqual({});
  });
});

describe('canonicalArxivId', () => {
  it('leaves out the subject class that arXiv leaves out', () => {
    expect(canonicalArxivId('math.GT/0309136')).toBe(canonicalArxivId('math/0309136'));
    expect(canonicalArxivId('2606.00010')).toBe('2606.00010');
  });
});
