import { describe, expect, it } from 'vitest';
import { semanticScholar } from './semantic-scholar';

const hash = '0123456789abcdef0123456789abcdef01234567';
const paper = { paperId: hash, title: 'A', tldr: { text: 'Made by a machine.' } };

describe('Semantic Scholar JSON', () => {
  it.each([
    ['results of a search', { total: 1, data: [paper] }],
    ['a batch', [null, paper]],
    ['recommendations', { recommendedPapers: [paper] }],
    ['citations', { data: [{ isInfluential: true, citingPaper: paper }] }],
    ['references', { data: [{ citedPaper: paper }] }],
    ['one paper, less those that it names', { ...paper, references: [{ paperId: hash, title: 'B' }] }],
    ['the papers of an author', { authorId: '1', name: 'Zoë', papers: [paper] }],
  ])('reads %s', (_, value) => {
    expect(semanticScholar.fits(JSON.stringify(value))).toBe(true);
    expect(semanticScholar.parse(JSON.stringify(value)).papers).toEqual([
      { title: 'A', abstract: '', authors: [], ids: { s2: hash }, position: 0 },
    ]);
  });

  it.each([
    [{ paperId: null, corpusId: 17 }, { s2: 'corpus:17' }],
    [{ paperId: null, externalIds: { CorpusId: 17 } }, { s2: 'corpus:17' }],
    [{ corpusId: 17 }, { s2: hash }],
    [{ externalIds: { PubMedCentral: '1234' } }, { s2: hash }],
    [
      { externalIds: { DOI: '10.48550/arXiv.2611.00010', ArXiv: '2611.00010' } },
      { s2: hash, arxiv: '2611.00010' },
    ],
    [
      { paperId: undefined, corpusid: 17, externalids: { ArXiv: '2611.00010' } },
      { s2: 'corpus:17', arxiv: '2611.00010' },
    ],
  ])('finds the ids of %j', (fields, ids) => {
    const { papers, problems } = semanticScholar.parse(JSON.stringify([{ ...paper, ...fields }]));
    expect(papers[0]?.ids).toEqual(ids);
    expect(problems).toEqual([]);
  });
});
