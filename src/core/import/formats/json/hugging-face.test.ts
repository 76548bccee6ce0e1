import { describe, expect, it } from 'vitest';
import { huggingFace } from './hugging-face';
import { huggingFacePage } from './hugging-face-page';

const paper = { id: '2611.00010', title: 'A', summary: 'S.', submittedOnDailyAt: '2026-11-23T00:00:00.000Z' };
const read = {
  title: 'A',
  abstract: 'S.',
  authors: [],
  ids: { arxiv: '2611.00010' },
  url: 'https://huggingface.co/papers/2611.00010',
  position: 0,
};

describe('Hugging Face JSON', () => {
  it.each([
    ['the daily papers', [{ paper, title: 'A', numComments: 3 }]],
    ['results of a search that hold papers', [{ paper }]],
    ['flat results of a search', [paper]],
    ['one paper', paper],
    ['an object that holds the list', { dailyPapers: [{ paper }] }],
  ])('reads %s', (_, value) => {
    const text = JSON.stringify(value);
    expect(huggingFace.fits(text)).toBe(true);
    const { papers, problems, date } = huggingFace.parse(text);
    expect(papers).toMatchObject([read]);
    expect([problems, date]).toEqual([[], '2026-11-23']);
  });

  it.each([
    [['2026-11-23T00:00:00.000Z', '2026-11-23T23:59:59.000Z'], '2026-11-23'],
    [['2026-11-23T00:00:00.000Z', '2026-11-22T00:00:00.000Z'], undefined],
    [['2026-11-23T00:00:00.000Z', null], undefined],
    [[], undefined],
  ])('dates papers submitted on %j with %s', (days, date) => {
    const entries = days.map((submittedOnDailyAt) => ({ paper: { ...paper, submittedOnDailyAt } }));
    // Skipped papers do not count.
    expect(huggingFace.parse(JSON.stringify([...entries, null])).date).toBe(date);
  });

  it('distinguishes a missing count from 0', () => {
    const signals = (fields: object) => {
      const { papers } = huggingFace.parse(
        JSON.stringify([{ numComments: 0, paper: { ...paper, ...fields } }]),
      );
      return papers[0]?.signals;
    };
    expect(signals({})).toEqual({ comments: 0 });
    expect(signals({ upvotes: 0, githubStars: null })).toEqual({ upvotes: 0, comments: 0 });
    expect(signals({ upvotes: '12', githubStars: '1.2k' })).toEqual({ upvotes: 12, comments: 0 });
  });

  it.each(['../../evil', 'a b', '"><b>', 'javascript:alert(1)', ''])(
    'does not build a link from the id %j',
    (id) => {
      const { papers } = huggingFace.parse(JSON.stringify([{ paper: { ...paper, id } }]));
      expect(papers[0]?.ids).toEqual({});
      expect(papers[0]?.url).toBeUndefined();
    },
  );
});

describe('a Hugging Face page', () => {
  const page = (props: unknown, target = 'DailyPapers', text = JSON.stringify(props)) =>
    `<html><div class="SVELTE_HYDRATER contents" data-target="${target}" data-props="${text
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;')}">x</div></html>`;

  it.each([
    ['of a day', { dailyPapers: [{ paper }], dateString: '2026-11-22' }, 'DailyPapers', '2026-11-22'],
    ['of a month', { dailyPapers: [{ paper }], dateString: '2026-11' }, 'DailyPapers', '2026-11'],
    ['of a week', { dailyPapers: [{ paper }], dateString: '2026-W48' }, 'DailyPapers', '2026-11-23'],
    ['of one paper', { paper }, 'PaperPage', '2026-11-23'],
  ])('%s is read', (_, props, target, date) => {
    const text = page(props, target);
    expect(huggingFacePage.fits(text)).toBe(true);
    expect(huggingFacePage.parse(text)).toEqual({ papers: [read], problems: [], date });
  });

  it('does not fit a page without the data, which other formats may read', () => {
    expect(huggingFacePage.fits('<html><h1>Daily Papers</h1><a href="/papers/2611.00010">A</a></html>')).toBe(
      false,
    );
    expect(huggingFacePage.fits(page({ models: [] }, 'ModelList'))).toBe(false);
  });

  it('locates the fault in its data', () => {
    expect(huggingFacePage.parse(page(null, 'DailyPapers', '{"dailyPapers":\n[1 2]}'))).toEqual({
      papers: [],
      problems: [
        { where: 'data-props of DailyPapers, line 2, column 4', why: 'Not valid JSON: Expected "," or "]".' },
      ],
    });
  });

  it('refuses data that is 100,000 levels deep, and elements that are', () => {
    const deep = huggingFacePage.parse(page(null, 'DailyPapers', '['.repeat(100_000)));
    expect(deep.problems.map(({ why }) => why)).toEqual(['Not valid JSON: Nested deeper than 64 levels.']);
    const inside = `${'<div>'.repeat(100_000)}${page({ dailyPapers: [{ paper }] })}`;
    expect(huggingFacePage.parse(inside).papers).toEqual([read]);
  });
});
