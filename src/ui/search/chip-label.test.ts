import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../core/search/query/query';
import { filterClauses } from '../../core/search/query/query-filters';
import { chipLabel } from './chip-label';

const titles = new Map([
  ['arxiv:2301.00001', 'Quokkas asleep'],
  ['arxiv:2301.00002', 'The long sleep of quokkas on an island without any trees'],
]);

const labels = (text: string) =>
  filterClauses(parseQuery(text)).map((filter) => chipLabel(filter, (id) => titles.get(id)));

describe('a chip', () => {
  it.each([
    ['author:márquez', ['Author: márquez']],
    ['year:2020..2023 is:new -survey', ['2020–2023', 'New', 'Not “survey”']],
    ['title:a OR title:b', ['Title: a or b']],
    ['like:arxiv:2301.00001', ['Like “Quokkas asleep”']],
    ['-like:arxiv:2301.00001', ['Not like “Quokkas asleep”']],
    ['like:arxiv:2301.00002', ['Like “The long sleep of quokkas on an island…”']],
    ['like:unknown', ['Like “unknown”']],
    ['author:arxiv:2301.00001', ['Author: arxiv:2301.00001']],
    [`venue:${'x'.repeat(50)}`, [`Venue: ${'x'.repeat(39)}…`]],
  ])('for %j says %j', (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });
});
