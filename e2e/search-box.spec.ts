import type { Page } from '@playwright/test';
import { accessibilityFaults } from './fixtures/axe';
import { corpusOf, digestOf, shippedPapers } from './fixtures/corpus';
import { expect, test } from './fixtures/test';

const authors = ['Zoë Márquez', 'Ada Lindqvist', 'Auden Ferreira', 'Bo Chen'];
/** The shipped digest names no authors, venues or dates. */
const papers = shippedPapers()
  .slice(0, 12)
  .map((paper, at) => ({
    ...paper,
    authors: authors.slice(at % 4, (at % 4) + 2),
    venue: ['NeurIPS', 'ACL'][at % 2],
    date: `${2019 + (at % 4)}-03-11`,
    categories: ['cs.LG'],
  }));
const isBy = (author: string) => papers.filter((paper) => paper.authors.includes(author)).length;
const query = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('q');

test.beforeEach(async ({ atlas, server }) => {
  server.holdModel();
  const files = corpusOf(digestOf(papers), papers.length);
  for (const [file, body] of Object.entries(files)) {
    server.replace(`corpus/${file}`, { type: 'application/json; charset=utf-8', body });
  }
  await atlas.open();
  await atlas.reaches('list');
  await expect(atlas.list.heading).toHaveText('12 papers');
});

test('a field and its value are completed by keys, become a chip and a part of the address, and are removed', async ({
  atlas,
}) => {
  const { box, completion, completions, chosen, filters } = {
    ...atlas.search,
    completion: (label: string) => atlas.search.completion(label),
  };
  const press = (key: string) => atlas.page.keyboard.press(key);
  await press('/');
  await atlas.page.keyboard.type('au');
  await expect(completion('author:')).toBeVisible();
  await expect(chosen).toHaveCount(0);
  await expect(box).not.toHaveAttribute('aria-activedescendant');
  await press('ArrowDown');
  await expect(chosen).toContainText('author:');
  await expect(box).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? 'no id');
  await press('Enter');
  await expect(box).toHaveValue('author:');
  await expect(completions.getByRole('option')).toHaveCount(authors.length);

  await atlas.page.keyboard.type('marq');
  await expect(completions.getByRole('option')).toHaveText(['Zoë Márquez']);
  await press('ArrowDown');
  await press('Tab');
  await expect(box).toHaveValue('author:"Zoë Márquez" ');
  await expect(box).toBeFocused();
  await expect(completions).toHaveCount(0);
  await expect(atlas.list.heading).toHaveText(`${isBy('Zoë Márquez')} of 12 papers`);
  await expect(atlas.search.filter('Author: Zoë Márquez')).toBeVisible();
  await expect.poll(() => query(atlas.page)).toContain('author:"Zoë Márquez"');

  await atlas.page.keyboard.type('-venue:acl');
  await expect(filters).toHaveCount(2);
  await atlas.search.filter('Author: Zoë Márquez').focus();
  await press('Enter');
  await expect(filters).toHaveCount(1);
  await expect(atlas.search.filter('Not venue: acl')).toBeFocused();
  await press('Enter');
  await expect(filters).toHaveCount(0);
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('');
  await expect(atlas.list.heading).toHaveText('12 papers');
});

test('arrow keys cycle through the completions and the field; Escape closes them before it clears', async ({
  atlas,
}) => {
  const { box, completions, chosen } = atlas.search;
  await box.focus();
  await atlas.page.keyboard.type('year:20');
  await expect(completions.getByRole('option')).toHaveText(['2022', '2021', '2020', '2019']);
  await box.press('ArrowUp');
  await expect(chosen).toHaveText('2019');
  await box.press('ArrowDown');
  await expect(chosen).toHaveCount(0);
  await box.press('ArrowDown');
  await expect(chosen).toHaveText('2022');
  await box.press('Escape');
  await expect(completions).toHaveCount(0);
  await expect(box).toHaveValue('year:20');
  await box.press('Escape');
  await expect(box).toHaveValue('');

  await atlas.page.keyboard.type('year:2021');
  await expect(completions).toBeVisible();
  await expect(atlas.list.heading).toHaveText('3 of 12 papers');
  await box.press('Enter');
  await expect(completions).toHaveCount(0);
  await expect(atlas.list.row(1).getByRole('button')).toBeFocused();
});

test('a completion is accepted by a click, and leaving the field closes the others', async ({ atlas }) => {
  const { box, completions } = atlas.search;
  await box.focus();
  await atlas.page.keyboard.type('ve');
  await atlas.search.completion('venue:').click();
  await expect(box).toHaveValue('venue:');
  await expect(box).toBeFocused();
  await atlas.search.completion('ACL').click();
  await expect(box).toHaveValue('venue:ACL ');
  await expect(atlas.list.heading).toHaveText('6 of 12 papers');
  await atlas.page.keyboard.type('au');
  await expect(completions).toBeVisible();
  await box.press('Shift+Tab');
  await expect(completions).toHaveCount(0);
});

test('an unknown field is searched as words, with a remark', async ({ atlas }) => {
  await atlas.search.searchFor('autor:lindqvist');
  await expect(atlas.search.remarks).toHaveText('There is no field “autor”: it is searched as words.');
  await expect(atlas.search.filters).toHaveCount(0);
  await atlas.search.searchFor('');
  await expect(atlas.search.remarks).toHaveText('');
});

test('the filter by date of arrival is a chip too', async ({ atlas }) => {
  await atlas.list.since.selectOption({ label: 'Added in 7 days' });
  await expect(atlas.search.filters).toHaveText(/Since /);
  await atlas.search.filters.click();
  await expect(atlas.search.filters).toHaveCount(0);
  await expect(atlas.list.heading).toHaveText('12 papers');
});

test('“How to search” is opened and its examples tried by keys', async ({ atlas }) => {
  const { box, card, howTo } = atlas.search;
  const press = (key: string) => atlas.page.keyboard.press(key);
  await box.focus();
  await press('Shift+Tab');
  await expect(howTo).toBeFocused();
  await press('Enter');
  await expect(card).toBeVisible();
  await expect(card.getByRole('button')).toHaveCount(15);
  await expect(card.getByRole('button').first()).toBeFocused();
  expect(await accessibilityFaults(atlas.page)).toEqual([]);
  await press('Escape');
  await expect(card).toHaveCount(0);
  await expect(howTo).toBeFocused();

  await press('Enter');
  const example = atlas.search.example('venue:NeurIPS');
  for (let at = 0; at < 14 && !(await example.evaluate((it) => it === document.activeElement)); at++) {
    await press('Tab');
  }
  await press('Enter');
  await expect(card).toHaveCount(0);
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('venue:NeurIPS');
  await expect(atlas.list.heading).toHaveText('6 of 12 papers');
  await atlas.page.keyboard.type('acl');
  await expect(box).toHaveValue('venue:acl');

  await howTo.click();
  await atlas.search.example('year:2020..2022').click();
  await expect(box).toHaveValue('venue:acl year:2020..2022');
  await howTo.click();
  await howTo.click();
  await expect(card).toHaveCount(0);
});

test('a whole abstract pasted into the field finds its paper, and is not added as a digest', async ({
  atlas,
}) => {
  const [, , , paper] = papers;
  if (!paper) throw new Error('expected four papers');
  const lines = paper.abstract.replaceAll(/(.{50}\S*) /g, '$1\n');
  expect(lines).toContain('\n');
  await atlas.search.box.focus();
  await atlas.search.paste(lines);
  await expect(atlas.search.box).toHaveValue(paper.abstract);
  await expect(atlas.list.row(1).getByRole('button')).toHaveText(new RegExp(`^${paper.title.slice(0, 30)}`));
  await expect(atlas.search.completions).toHaveCount(0);
  await expect(atlas.search.filters).toHaveCount(0);
  await expect(atlas.importReport.region).toHaveCount(0);
});

test('no text breaks the search', async ({ atlas }) => {
  const texts = [
    '',
    '   ',
    '"',
    '“lone',
    '-',
    '-"',
    'OR',
    ':',
    'author:',
    'author:"',
    'year:..',
    'is:',
    'like:',
    '(.*+?^${}()|[]\\)',
    '[a-z]+$',
    '\\',
    '<b>&amp;',
    'x '.repeat(5_000),
    'y'.repeat(10_240),
  ];
  for (const text of texts) {
    await atlas.search.searchFor(text);
    // a longer one is cut, and the search says so
    await expect(atlas.search.box).toHaveValue(text.slice(0, 2_000));
  }
  await expect(atlas.notices.alerts).toHaveCount(0);
  await atlas.search.searchFor('');
  await expect(atlas.list.heading).toHaveText('12 papers');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('completions, card and chips fit, and break no rule of accessibility', async ({ atlas }) => {
    const { box, card, completions, filters, howTo } = atlas.search;
    const isWithin = async (part: typeof box) => {
      const { x, y, width, height } = (await part.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
      return x >= 0 && y >= 0 && x + width <= 390 && y + height <= 844;
    };
    await box.focus();
    await atlas.page.keyboard.type('author:');
    await expect(completions).toBeVisible();
    await box.press('ArrowDown');
    expect(await isWithin(completions)).toBe(true);
    expect(await accessibilityFaults(atlas.page)).toEqual([]);

    await box.fill(`author:li -survey title:"${'long '.repeat(30)}title" year:2020..2024 autor:x`);
    await expect(filters).toHaveCount(4);
    for (const filter of await filters.all()) expect(await isWithin(filter)).toBe(true);
    expect(await accessibilityFaults(atlas.page)).toEqual([]);

    await howTo.click();
    expect(await isWithin(card)).toBe(true);
    expect(await accessibilityFaults(atlas.page)).toEqual([]);
  });
});
