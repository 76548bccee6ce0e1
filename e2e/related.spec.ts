import { readdirSync } from 'node:fs';
import { shippedPapers } from './fixtures/corpus';
import { expect, test } from './fixtures/kept-library';

test.setTimeout(180_000);

/** The model is loaded for the first reason of a visit. */
const patience = { timeout: 90_000 };

const papers = shippedPapers();
const titleOf = (position: number): string => papers[position]?.title ?? '';
/** As both texts stand in the page: white space is one blank there. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

test('why two papers are near is told by the keyboard alone, in their own words', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  await atlas.search.seek(titleOf(68));
  // before it is found the first row is another
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

  const sentences = atlas.reader.reasons.getByRole('definition');
  await expect(sentences).toHaveCount(2, patience);
  await expect(why).toBeFocused();
  const [ours = '-', theirs = '-'] = (await sentences.allInnerTexts()).map(flat);
  expect(flat(papers[68]?.abstract ?? '')).toContain(ours);
  expect(flat(other?.abstract ?? '')).toContain(theirs);
  await expect(sentences.first().locator('mark').first()).toBeVisible();

  const sum = await atlas.reader.reasons.getByText(/these words make up/).innerText();
  const [, part, whole] = /make up (\d\.\d\d) of (\d\.\d\d)\.$/.exec(flat(sum)) ?? [];
  expect(Number(whole)).toBeCloseTo(first?.similarity ?? NaN, 1);
  expect(Number(part)).toBeGreaterThan(0.05);
  expect(Number(part)).toBeLessThan(Number(whole));

  await atlas.page.keyboard.press('Enter');
  await expect(atlas.reader.reasons).toHaveCount(0);
  await expect(why).toBeFocused();
});

test('the papers near to both can be gone to, and another paper starts without reasons', async ({
  atlas,
}) => {
  await atlas.open();
  await atlas.reaches('map');
  await atlas.list.openPaper(titleOf(0));
  await atlas.reader.why(0).click();
  const shared = atlas.reader.reasons.getByRole('group').filter({ hasText: /near to both/ });
  const toggle = shared.getByText(/near to both/);
  if ((await shared.getAttribute('open')) === null) await toggle.click();
  const next = shared.getByRole('button').first();
  const title = flat(await next.innerText());
  await next.click();
  await expect(atlas.reader.title).toHaveText(title);
  await expect(atlas.reader.reasons).toHaveCount(0);
});

test('a reason that cannot be found says so in its place, and can be asked for again', async ({
  atlas,
  server,
}) => {
  // the library is kept, the model that made it is not
  const model = readdirSync('dist/model').find((file) => /int8.*\.onnx$/.test(file));
  server.remove(`model/${model}`);
  await atlas.open();
  await atlas.reaches('map');
  await atlas.list.openPaper(titleOf(0));
  await atlas.reader.why(0).click();
  await expect(atlas.reader.reasons.getByRole('alert')).toContainText('minilm-int8', patience);
  await server.mend();
  await atlas.reader.reasons.getByRole('button', { name: 'Try again' }).click();
  await expect(atlas.reader.why(0)).toBeFocused();
  await expect(atlas.reader.reasons.getByRole('definition')).toHaveCount(2, patience);
});
