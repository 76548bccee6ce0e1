import { describe, expect, it } from 'vitest';
import { cslJson } from './csl-json';

const item = { id: 'quokka2026', type: 'article', title: 'A' };

function parseItem(fields: object) {
  const { papers, problems } = cslJson.parse(JSON.stringify([{ ...item, ...fields }]));
  return { ...papers[0], problems };
}

describe('CSL-JSON', () => {
  it.each([
    ['a list', [item]],
    ['one item', item],
    ['an object that holds the list', { items: [item] }],
    [
      'the answer of a registry',
      { status: 'ok', message: { DOI: '10.9999/q', type: 'article', title: ['A'] } },
    ],
    [
      'its answer with many',
      { status: 'ok', message: { items: [{ title: ['A'], issued: { 'date-parts': [[2026]] } }] } },
    ],
  ])('reads %s', (_, value) => {
    expect(cslJson.fits(JSON.stringify(value))).toBe(true);
    expect(cslJson.parse(JSON.stringify(value))).toMatchObject({ papers: [{ title: 'A' }], problems: [] });
  });

  it.each([
    [{ 'date-parts': [[2026, 11, 19]] }, '2026-11-19'],
    [{ 'date-parts': [['2026', '6', '']] }, '2026-06'],
    [{ 'date-parts': [['2026']] }, '2026'],
    [
      {
        'date-parts': [
          [2026, 11, 19],
          [2026, 11, 20],
        ],
      },
      '2026-11-19',
    ],
    [{ 'date-parts': [[2026, 11, 19, 4]] }, '2026-11-19'],
    [{ 'date-parts': [[null]], 'date-time': '2026-11-19T20:00:00Z' }, '2026-11-19'],
    [{ raw: 'November 19, 2026' }, '2026-11-19'],
    [{ literal: 'Nov 2026' }, '2026-11'],
    ['2026-11-19', '2026-11-19'],
    ['2026-11~', '2026-11'],
    ['2026?', '2026'],
    ['2026-22', '2026'],
    ['2026-11-XX', '2026-11'],
    ['2026-11-19/..', '2026-11-19'],
    ['2026/11/19', '2026-11-19'],
  ])('reads the date %j as %s', (issued, date) => {
    expect(parseItem({ issued })).toMatchObject({ date, problems: [] });
  });

  it.each([
    [{ 'date-parts': [[2026, 2, 30]] }],
    [{ 'date-parts': 2026 }],
    [{ 'date-parts': [] }],
    ['soon'],
    [2026.5],
    [[]],
  ])('leaves out the date %j', (issued) => {
    const { date, problems } = parseItem({ issued });
    expect(date).toBeUndefined();
    expect(problems).toHaveLength(1);
  });

  it.each([
    [{ family: 'Márquez', given: 'Zoë' }, 'Zoë Márquez'],
    [{ family: 'Beethoven', given: 'Ludwig', 'dropping-particle': 'van' }, 'Ludwig van Beethoven'],
    [
      { family: 'Berg', given: 'Jan', 'non-dropping-particle': 'van der', suffix: 'III' },
      'Jan van der Berg III',
    ],
    [{ literal: 'The ABCD Collaboration' }, 'The ABCD Collaboration'],
    [{ family: 'Plato' }, 'Plato'],
  ])('gives the display name of %j', (author, name) => {
    expect(parseItem({ author: [author] })).toMatchObject({ authors: [name], problems: [] });
  });

  it.each([
    [{ number: 'arXiv:2611.00010v2' }, { arxiv: '2611.00010', arxivVersion: 2 }],
    [{ number: '2611.00010' }, {}],
    [{ number: '2611.00010', publisher: 'arXiv' }, { arxiv: '2611.00010' }],
    [{ archive: 'arXiv', archive_location: 'hep-th/9901001' }, { arxiv: 'hep-th/9901001' }],
    [
      { note: 'Read twice.\narXiv: 2611.00010 [cs.LG]\nPMID: 39000001' },
      { arxiv: '2611.00010', pmid: '39000001' },
    ],
    [{ note: 'It extends arXiv:2501.00001 and doi:10.9999/other' }, {}],
    [{ DOI: '10.48550/ARXIV.2611.00010' }, { arxiv: '2611.00010' }],
    [
      { DOI: 'https://doi.org/10.9999/Q.', URL: 'https://arxiv.org/abs/2611.00010' },
      { doi: '10.9999/q', arxiv: '2611.00010' },
    ],
    [{ note: 'DOI: 10.9999/q' }, { doi: '10.9999/q' }],
    [{ id: '2611.00010' }, {}],
  ])('finds the ids of %j', (fields, ids) => {
    expect(parseItem(fields)).toMatchObject({ problems: [] });
    expect(parseItem(fields).ids).toEqual(ids);
  });
});
