import { describe, expect, it } from 'vitest';
import { composePaper } from './compose';
import { record } from '../fixtures/records';
import { textHash } from '../identity';
import type { Paper, ParsedPaper } from '../paper';

function composed(...fields: Partial<ParsedPaper>[]): Paper {
  return composePaper(
    'id',
    fields.map((each, at) => ({ ...record(each), digestId: `digest-${at}` })),
  );
}

describe('composePaper', () => {
  it('copies the content of a single sighting', () => {
    const content: Partial<ParsedPaper> = {
      abstract: 'Its abstract.',
      authors: ['Zoë Márquez'],
      ids: { arxiv: '2606.00010', arxivVersion: 2, pmid: '7' },
      url: 'https://a.example/1',
      date: '2026',
      updated: '2026-02',
      venue: 'J. Quokka',
      categories: ['cs.LG'],
      signals: { upvotes: 3 },
      isExcerpt: true,
    };
    const sighting = { ...record(content), digestId: 'one' };
    const { title, textHash: hash } = sighting;
    expect(composePaper('id', [sighting])).toEqual({
      ...content,
      id: 'id',
      title,
      textHash: hash,
      sightings: [sighting],
    });
  });

  it('takes title, abstract and version of the newest text', () => {
    const paper = composed(
      { title: 'New title', abstract: 'Second.', ids: { arxiv: '2606.00010v2' } },
      { title: 'Old title', abstract: 'A first text that is long.', ids: { arxiv: '2606.00010v1' } },
    );
    expect(paper).toMatchObject({ title: 'New title', abstract: 'Second.' });
    expect(paper.ids).toEqual({ arxiv: '2606.00010', arxivVersion: 2 });
    expect(paper.textHash).toBe(textHash(paper));
  });

  it('never replaces an abstract by none, nor a whole one by an excerpt', () => {
    const whole: Partial<ParsedPaper> = { abstract: 'The abstract.', ids: { arxiv: '2606.00010v1' } };
    const excerpt: Partial<ParsedPaper> = {
      abstract: 'A piece that is longer …',
      ids: { arxiv: '2606.00010v2' },
      isExcerpt: true,
    };
    const notice: Partial<ParsedPaper> = { ids: { arxiv: '2606.00010v3' }, announced: 'replace' };
    expect(composed(notice, whole, excerpt).abstract).toBe('The abstract.');
    expect(composed(notice, whole, excerpt).isExcerpt).toBeUndefined();
    expect(composed(notice, excerpt)).toMatchObject({ abstract: excerpt.abstract, isExcerpt: true });
  });

  it('gives an untitled paper the title of another sighting', () => {
    const paper = composed({ title: '', abstract: 'The abstract.' }, { title: 'Its title' });
    expect(paper).toMatchObject({ title: 'Its title', abstract: 'The abstract.' });
    expect(paper.textHash).toBe(textHash(paper));
  });

  it('prefers the title of a record with authors to the words of a newsletter that mentions it', () => {
    const ids = { arxiv: '1706.03762' };
    const entry = { title: 'Attention Is All You Need', authors: ['Ashish Vaswani', 'Noam Shazeer'], ids };
    const mention: Partial<ParsedPaper> = {
      title: 'a preprint',
      abstract: 'All you need.',
      isExcerpt: true,
      ids,
    };
    for (const order of [
      [entry, mention],
      [mention, entry],
      [{ ...entry, title: '' }, mention, entry],
    ]) {
      const paper = composed(...order);
      expect(paper).toMatchObject({ title: entry.title, abstract: 'All you need.', isExcerpt: true });
      expect(paper.textHash).toBe(textHash(paper));
    }
    expect(composed({ ...mention, abstract: '' }, entry).title).toBe(entry.title);
    expect(composed(mention, { ids, title: 'A longer title' }).title).toBe('a preprint');
  });

  it('prefers a whole text to a blurb of a newer version', () => {
    const whole = { title: 'Quokka walls', abstract: 'The whole abstract.', ids: { arxiv: '2606.00010v1' } };
    const blurb: Partial<ParsedPaper> = {
      title: 'paper',
      abstract: 'Cool.',
      authors: ['Zoë Márquez'],
      isExcerpt: true,
      ids: { arxiv: '2606.00010v9' },
    };
    for (const order of [
      [whole, blurb],
      [blurb, whole],
    ]) {
      const paper = composed(...order);
      expect(paper).toMatchObject({ title: 'Quokka walls', abstract: 'The whole abstract.' });
      expect(paper.isExcerpt).toBeUndefined();
    }
  });

  it('takes the earliest date, the more precise one within a year, and the latest update', () => {
    const dates = ['2026', '2026-11-23', '2026-12'].map((date) => ({ date, updated: date }));
    expect(composed(...dates)).toMatchObject({ date: '2026-11-23', updated: '2026-12' });
  });

  it('prefers the link to the paper, the journal to its preprint server, and names to initials', () => {
    const paper = composed(
      { url: 'https://a.example/1', venue: 'arXiv (Cornell University)', authors: ['Zoë Márquez'] },
      { url: 'https://doi.org/10.9999/quokka.2026.1', venue: 'J. Quokka', authors: ['Z. Márquez'] },
      { url: 'https://www.arxiv.org/abs/2606.00010v1' },
    );
    expect(paper.url).toBe('https://www.arxiv.org/abs/2606.00010v1');
    expect(paper).toMatchObject({ venue: 'J. Quokka', authors: ['Zoë Márquez'] });
  });

  it('combines ids, categories and the highest signals', () => {
    const paper = composed(
      { ids: { doi: '10.9999/q' }, categories: ['cs.LG', 'stat.ML'], signals: { upvotes: 3 } },
      {
        ids: { pmid: '7', openalex: 'W7' },
        categories: ['maps', 'cs.LG', 'cs.CV'],
        signals: { upvotes: 12, stars: 0 },
      },
    );
    expect(paper.ids).toEqual({ doi: '10.9999/q', pmid: '7', openalex: 'W7' });
    expect(paper.categories).toEqual(['maps', 'cs.LG', 'cs.CV', 'stat.ML']);
    expect(paper.signals).toEqual({ upvotes: 12, stars: 0 });
  });
});
