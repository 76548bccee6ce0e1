import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { embeddedText, identify, UNTITLED } from './identity';
import type { ParsedPaper } from './paper';

function parsed(fields: Partial<ParsedPaper>): ParsedPaper {
  return { title: 'Quokka-Net', abstract: 'We study maps.', authors: [], ids: {}, position: 0, ...fields };
}

describe('identify', () => {
  it('prefers the arXiv id to the DOI to the title', () => {
    expect(identify(parsed({ ids: { arxiv: '2606.00010', doi: '10.9999/q' } })).id).toBe('arxiv:2606.00010');
    expect(identify(parsed({ ids: { doi: '10.9999/Q' } })).id).toBe('doi:10.9999/q');
    expect(identify(parsed({})).id).toMatch(/^title:[0-9a-f]{32}$/);
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

  it('gives all versions of a paper one id', () => {
    const versions = ['2606.00010', '2606.00010v1', 'arXiv:2606.00010v2'];
    const ids = versions.map((arxiv) => identify(parsed({ ids: { arxiv } })).id);
    expect(new Set(ids)).toEqual(new Set(['arxiv:2606.00010']));
  });

  it('knows a title by its words, together with the first family name', () => {
    const id = identify(
      parsed({ title: 'Néel Walls: A Study', authors: ['Márquez, Zoë', 'Wei O’Brien'] }),
    ).id;
    expect(identify(parsed({ title: 'neel walls – a study', authors: ['Z. Marquez'] })).id).toBe(id);
    expect(identify(parsed({ title: 'Neel walls a study', authors: ['Zoë Márquez Jr.'] })).id).toBe(id);
    expect(identify(parsed({ title: 'Neel walls a study', authors: ['Ann Other'] })).id).not.toBe(id);
    expect(identify(parsed({ title: 'Neel walls, a survey', authors: ['Zoë Márquez'] })).id).not.toBe(id);
  });

  it('tells untitled papers and titles of signs apart, and knows an untitled one again', () => {
    const texts: Partial<ParsedPaper>[] = [
      { title: '' },
      { title: ' ', abstract: 'Other.' },
      { title: '?' },
      { title: '!' },
    ];
    const papers = texts.map((fields) => identify(parsed(fields)));
    expect(new Set(papers.map(({ id }) => id)).size).toBe(4);
    expect(papers[0]?.title).toBe(UNTITLED);
    expect(identify(parsed({ title: UNTITLED })).id).toBe(papers[0]?.id);
  });

  it('drops what is no id', () => {
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
});
