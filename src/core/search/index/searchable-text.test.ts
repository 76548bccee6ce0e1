import { describe, expect, it } from 'vitest';
import { annotation } from '../../annotation/fixtures/annotations';
import type { Paper } from '../../paper/paper';
import { annotationText, searchableText, stampOf } from './searchable-text';

const paper: Paper = {
  id: 'arxiv:2301.00001',
  title: 'Graphs of $\\alpha$',
  abstract: 'On graphs.',
  authors: ['Zoë Márquez', 'Wei Chen'],
  ids: { arxiv: '2301.00001', doi: '10.1000/xyz', arxivVersion: 2 },
  venue: 'CVPR',
  categories: ['cs.LG', 'stat.ML'],
  sightings: [],
  textHash: 'a1b2',
};

describe('the text of a paper', () => {
  it('has all searched fields, with formulas as they are', () => {
    expect(searchableText(paper, 7)).toEqual({
      slot: 7,
      title: 'Graphs of $\\alpha$',
      abstract: 'On graphs.',
      authors: 'Zoë Márquez\nWei Chen',
      venue: 'CVPR',
      categories: 'cs.LG\nstat.ML',
      tags: '',
      notes: '',
      names: '2301.00001 10.1000/xyz',
    });
    const { id, title, abstract, authors, ids, sightings, textHash } = paper;
    const bare = searchableText({ id, title, abstract, authors, ids: {}, sightings, textHash }, 0);
    expect([bare.venue, bare.categories, bare.names, ids.doi]).toEqual(['', '', '', '10.1000/xyz']);
  });

  it('has another stamp when any searched field changes, and else the same', () => {
    const changes: Partial<Paper>[] = [
      { textHash: 'a1b3' },
      { authors: ['Zoë Márquez'] },
      { authors: ['Wei Chen', 'Zoë Márquez'] },
      { venue: 'ICCV' },
      { categories: ['cs.LG'] },
      { ids: { arxiv: '2301.00002', doi: '10.1000/xyz' } },
      { venue: 'cs.LG, stat.ML', categories: ['CVPR'] },
    ];
    const stamps = [paper, ...changes.map((change) => ({ ...paper, ...change }))].map((each) =>
      stampOf(each),
    );
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(stampOf({ ...paper, signals: { stars: 3 }, url: 'https://example.org', date: '2023' })).toBe(
      stamps[0],
    );
  });

  it('includes tags and notes, and has the same stamp as before without them', () => {
    const words = annotationText(annotation('a', { tags: ['to read', 'x'], note: 'It hops.' }));
    expect(searchableText(paper, 7, words)).toMatchObject({ tags: 'to read\nx', notes: 'It hops.' });
    const stamps = [
      stampOf(paper, words),
      stampOf(paper, { ...words, notes: '' }),
      stampOf(paper, { ...words, tags: '' }),
      stampOf(paper),
    ];
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(stampOf(paper, annotationText(annotation('a', { isRead: true, isStarred: true })))).toBe(
      stampOf(paper),
    );
  });
});
