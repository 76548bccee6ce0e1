import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { embeddedText, idOfSignature, identify, namesOf, signature, untitled } from './identity';
import type { ParsedPaper } from './paper';

function parsed(fields: Partial<ParsedPaper>): ParsedPaper {
  return { title: 'Quokka-Net', abstract: 'We study maps.', authors: [], ids: {}, position: 0, ...fields };
}

describe('identify', () => {
  it('prefers the arXiv id to the DOI, and that to the title', () => {
    expect(identify(parsed({ ids: { arxiv: '2606.00010', doi: '10.9999/q' } })).id).toBe('arxiv:2606.00010');
    expect(identify(parsed({ ids: { doi: '10.9999/Q', pmid: '7' } })).id).toBe('doi:10.9999/q');
    expect(identify(parsed({})).id).toMatch(/^title:[0-9a-f]{32}$/);
  });

  it('then uses the ids of PubMed, OpenAlex and Semantic Scholar, normalised', () => {
    const ids = { pmid: 'PMID: 0123', openalex: 'https://openalex.org/w45', s2: 'CorpusID: 67' };
    const paper = identify(parsed({ ids }));
    expect(paper.ids).toEqual({ pmid: '123', openalex: 'W45', s2: 'corpus:67' });
    expect(paper.id).toBe('pmid:123');
    expect(namesOf(paper)).toEqual(['pmid:123', 'openalex:W45', 's2:corpus:67']);
    expect(identify(parsed({ ids: { s2: 'AB'.repeat(20) } })).id).toBe(`s2:${'ab'.repeat(20)}`);
    expect(identify(parsed({ ids: { pmid: 'PMC7', openalex: 'A45', s2: '67' } })).ids).toEqual({});
  });

  it('gives titles with the same words the same key, and makes the signature from it and the id', () => {
    const ids = { arxiv: '2606.00010' };
    const [one, same, other] = ['Néel Walls: A Study', 'neel walls – a study', 'Walls'].map((title) =>
      identify(parsed({ title, ids })),
    );
    if (!one || !same || !other) throw new Error('expected three');
    expect(same.titleKey).toBe(one.titleKey);
    expect(other.titleKey).not.toBe(one.titleKey);
    expect(signature(same)).toBe(signature(one));
    expect(signature(other)).not.toBe(signature(one));
    expect(idOfSignature(signature(one))).toBe('arxiv:2606.00010');
  });

  it('reads the DOI that arXiv gives to each of its papers, and its links, as arXiv ids', () => {
    const paper = identify(parsed({ ids: { doi: '10.48550/arXiv.2606.00010' } }));
    expect(paper.id).toBe('arxiv:2606.00010');
    expect(paper.ids).toEqual({ arxiv: '2606.00010' });
    expect(identify(parsed({ url: 'https://arxiv.org/abs/2606.00010v3' })).ids).toEqual({
      arxiv: '2606.00010',
      arxivVersion: 3,
    });
  });

  it('takes any id from the link', () => {
    const s2 = '0af1'.repeat(10);
    const ids = { doi: '10.9999/q' };
    expect(identify(parsed({ ids, url: `https://www.semanticscholar.org/paper/Q/${s2}` })).ids).toEqual({
      ...ids,
      s2,
    });
    expect(identify(parsed({ url: 'https://openalex.org/W7' })).id).toBe('openalex:W7');
    expect(identify(parsed({ url: 'https://pubmed.ncbi.nlm.nih.gov/7/' })).id).toBe('pmid:7');
  });

  it('gives all versions of a paper one id', () => {
    const versions = ['2606.00010', '2606.00010v1', 'arXiv:2606.00010v2'];
    const ids = versions.map((arxiv) => identify(parsed({ ids: { arxiv } })).id);
    expect(new Set(ids)).toEqual(new Set(['arxiv:2606.00010']));
  });

  it('identifies a paper without ids by the words of its title and the first family name', () => {
    const id = identify(
      parsed({ title: 'Néel Walls: A Study', authors: ['Márquez, Zoë', 'Wei O’Brien'] }),
    ).id;
    expect(identify(parsed({ title: 'neel walls – a study', authors: ['Z. Marquez'] })).id).toBe(id);
    expect(identify(parsed({ title: 'Neel walls a study', authors: ['Zoë Márquez Jr.'] })).id).toBe(id);
    expect(identify(parsed({ title: 'Neel walls a study', authors: ['Ann Other'] })).id).not.toBe(id);
    expect(identify(parsed({ title: 'Neel walls, a survey', authors: ['Zoë Márquez'] })).id).not.toBe(id);
  });

  it('distinguishes untitled papers and titles without letters, and recognises an untitled one', () => {
    const texts: Partial<ParsedPaper>[] = [
      { title: '' },
      { title: ' ', abstract: 'Other.' },
      { title: '?' },
      { title: '!' },
    ];
    const papers = texts.map((fields) => identify(parsed(fields)));
    expect(new Set(papers.map(({ id }) => id)).size).toBe(4);
    expect(papers[0]?.title).toBe(untitled);
    expect(identify(parsed({ title: untitled })).id).toBe(papers[0]?.id);
    expect(new Set(papers.map(({ titleKey }) => titleKey)).size).toBe(4);
    const nameless = ['10.9999/a', '10.9999/b'].map((doi) => ({ title: '', abstract: '', ids: { doi } }));
    const keys = nameless.map((fields) => identify(parsed(fields)).titleKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('drops invalid ids', () => {
    expect(identify(parsed({ ids: { arxiv: 'x', arxivVersion: 2, doi: 'y' } })).ids).toEqual({});
  });

  it('cleans the texts, and hashes what is embedded', () => {
    const paper = identify(parsed({ title: ' A\n title ', authors: [' ', 'Zoe\u0308  M.'] }));
    expect(paper).toMatchObject({ title: 'A title', authors: ['Zoë M.'] });
    const digest = createHash('sha256').update('A title. We study maps.').digest('hex');
    expect(paper.textHash).toBe(digest.slice(0, 32));
  });
});

describe('embeddedText', () => {
  it('is the title alone where there is no abstract', () => {
    expect(embeddedText({ title: 'A', abstract: '' })).toBe('A');
    expect(embeddedText({ title: 'A', abstract: 'B.' })).toBe('A. B.');
  });

  it('has no TeX in it', () => {
    const text = embeddedText({ title: String.raw`On $\alpha$`, abstract: String.raw`We gain $\beta$.` });
    expect(text).not.toMatch(/[$\\]/);
    expect(text).toMatch(/^On .+\. We gain .+\.$/);
  });
});
