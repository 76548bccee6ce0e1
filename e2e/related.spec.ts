import { readdirSync } from 'node:fs';
import { shippedPapers } from './fixtures/corpus';
import { expect, test } from './fixtures/saved-library';

test.setTimeout(180_000);

/** The first explanation of a visit loads the model. */
const untilModelLoads = { timeout: 90_000 };

const papers = shippedPapers();
const titleOf = (position: number): string => papers[position]?.title ?? '';
/** As a text appears on the page: with white space collapsed. */
const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

test('why two papers are near can be read with the keyboard alone, in their own words', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  await atlas.search.searchFor(titleOf(68));
  // until the search is done the first row is another paper
  await expect(atlas.list.row(1)).toContainText(titleOf(68));
  await atlas.list.at(1).focus();
  await atlas.page.keyboard.press('Enter');
  await expect(atlas.reader.title).toHaveText(titleOf(68));
  const [first] = await atlas.reader.related();
  const other = papers.find(({ title }) => title === first?.title);

  const why = atlas.reader.why(0);
  await expect(why).toHaveAccessibleName(`Why: ${first?.title}`);
  await expect(why).toHaveAttribute('aria-expanded', 'false');
  await why.focus();
  await atlas.page.keyboard.press('Enter');
  await expect(why).toHaveAttribute('aria-expanded', 'true');

  const sentences = atlas.reader.explanation.getByRole('definition');
  await expect(sentences).toHaveCount(2, untilModelLoads);
  await expect(why).toBeFocused();
  const [ours = '-', theirs = '-'] = (await sentences.allInnerTexts()).map(collapsed);
  expect(collapsed(papers[68]?.abstract ?? '')).toContain(ours);
  expect(collapsed(other?.abstract ?? '')).toContain(theirs);
  await expect(sentences.first().locator('mark').first()).toBeVisible();

  const sum = await atlas.reader.explanation.getByText(/these words make up/).innerText();
  const [, part, whole] = /make up (\d\.\d\d) of (\d\.\d\d)\.$/.exec(collapsed(sum)) ?? [];
  expect(Number(whole)).toBeCloseTo(first?.similarity ?? NaN, 1);
  expect(Number(part)).toBeGreaterThan(0.05);
  expect(Number(part)).toBeLessThan(Number(whole));

  await atlas.page.keyboard.press('Enter');
  await expect(atlas.reader.explanation).toHaveCount(0);
  await expect(why).toBeFocused();
});

test('the papers near to both can be opened, and another paper starts without explanations', async ({
  atlas,
}) => {
  await atlas.open();
  await atlas.reaches('map');
  await atlas.list.openPaper(titleOf(0));
  await atlas.reader.why(0).click();
  const shared = atlas.reader.explanation.getByRole('group').filter({ hasText: /near to both/ });
  const toggle = shared.getByText(/near to both/);
  if ((await shared.getAttribute('open')) === null) await toggle.click();
  const next = shared.getByRole('button').first();
  const title = collapsed(await next.innerText());
  await next.click();
  await expect(atlas.reader.title).toHaveText(title);
  await expect(atlas.reader.explanation).toHaveCount(0);
});

test('an explanation that fails says so in its place, and can be tried again', async ({ atlas, server }) => {
  // the library is saved, but the model is not cached
  const model = readdirSync('dist/model').find((file) => /int8.*\.onnx$/.test(file));
  server.remove(`model/${model}`);
  await atlas.open();
  await atlas.reaches('map');
  await atlas.list.openPaper(titleOf(0));
  await atlas.reader.why(0).click();
  await expect(atlas.reader.explanation.getByRole('alert')).toContainText('minilm-int8', untilModelLoads);
  await server.reset();
  await atlas.reader.explanation.getByRole('button', { name: 'Try again' }).click();
  await expect(atlas.reader.why(0)).toBeFocused();
  await expect(atlas.reader.explanation.getByRole('definition')).toHaveCount(2, untilModelLoads);
});
