import { expect, testWithFew as test } from './fixtures/saved-library';
import type { AtlasPage } from './pages/atlas-page';

test.setTimeout(120_000);

const papers = 24;

async function open(atlas: AtlasPage, hash = '') {
  await atlas.open(hash);
  await atlas.reaches('map');
  await expect(atlas.topics.region).toBeVisible();
  return atlas.topics.lines();
}

test.beforeEach(({ server }) => {
  server.holdModel();
});

test('the map has topics with different names, and each paper shows its topic', async ({ atlas }) => {
  const lines = await open(atlas);
  expect(lines.length).toBeGreaterThan(1);
  expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
  await expect(atlas.topics.heading).toHaveText(`${lines.length} topics`);
  const grouped = lines.reduce((sum, line) => sum + line.papers, 0);
  expect(grouped).toBeLessThanOrEqual(papers);
  await expect(atlas.list.region.getByRole('button', { name: /Topic: / })).not.toHaveCount(0);
  expect(await atlas.map.colouredPixels()).toBeGreaterThan(grouped);
});

test('a topic narrows list and map, a second one widens them, and both can be removed', async ({ atlas }) => {
  const [first, second] = await open(atlas);
  if (!first || !second) throw new Error('expected two topics at least');
  await atlas.topics.topic(first.name).click();
  await expect(atlas.list.heading).toHaveText(`${first.papers} of ${papers} papers`);
  await expect(atlas.search.filters).toHaveAccessibleName(`Remove filter: Topic: ${first.name}`);
  await expect(atlas.topics.chosen).toHaveCount(1);
  await expect.poll(() => atlas.map.pixelsOf('--point-dim')).toBeGreaterThan(0);
  await expect(atlas.map.summary).toContainText(`${first.papers} papers found by the search`);

  await atlas.topics.topic(second.name).click();
  await expect(atlas.list.heading).toHaveText(`${first.papers + second.papers} of ${papers} papers`);
  await expect(atlas.topics.chosen).toHaveCount(2);
  // the address is written shortly after
  await expect.poll(() => decodeURIComponent(atlas.page.url())).toContain(second.name.split(' ')[0] ?? '');
  await atlas.page.reload();
  await atlas.reaches('map');
  await expect(atlas.list.heading).toHaveText(`${first.papers + second.papers} of ${papers} papers`);
  await expect(atlas.topics.chosen).toHaveCount(2);

  await atlas.topics.topic(first.name).click();
  await expect(atlas.list.heading).toHaveText(`${second.papers} of ${papers} papers`);
  await atlas.search.filters.first().click();
  await expect(atlas.list.heading).toHaveText(`${papers} papers`);
  await expect(atlas.topics.chosen).toHaveCount(0);
});

test('topics follow the search: those with most results first, and none without results', async ({
  atlas,
  server,
}) => {
  server.sendModel();
  const all = await open(atlas);
  await atlas.search.searchFor('feature selection');
  await expect(atlas.list.heading).toHaveText(/^\d+ of 24 papers$/);
  await expect(atlas.list.keywordOnly).toBeHidden();
  await expect(atlas.topics.heading).toHaveText(new RegExp(`\\d+ of ${all.length} topics$`));
  const found = await atlas.topics.lines();
  const counts = found.map((line) => line.found);
  expect(counts.length).toBeGreaterThan(0);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  const listed = Number(/^\d+/.exec(await atlas.list.heading.innerText()));
  expect(counts.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(listed);
  await atlas.search.searchFor('');
  await expect.poll(() => atlas.topics.lines()).toEqual(all);
});

test('topics are chosen by keys, and completed in the search', async ({ atlas }) => {
  const lines = await open(atlas);
  const { page } = atlas;
  const [first, second] = lines;
  if (!first || !second) throw new Error('expected two topics at least');
  await atlas.topics.heading.focus();
  await page.keyboard.press('Tab');
  await expect(atlas.topics.topic(first.name)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(atlas.topics.topic(second.name)).toBeFocused();
  await page.keyboard.press('End');
  await expect(atlas.topics.topics.last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(atlas.list.heading).toHaveText(`${first.papers} of ${papers} papers`);
  await expect(atlas.topics.topic(first.name)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(atlas.list.heading).toHaveText(`${papers} papers`);

  await page.keyboard.press('/');
  await page.keyboard.type('topic:');
  await expect(atlas.search.completions.getByRole('option', { name: second.name })).toBeVisible();
  await page.keyboard.type(second.name.slice(0, 5));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(atlas.list.heading).toHaveText(`${second.papers} of ${papers} papers`);
});

test('an open paper shows its topic, and narrows the list to it', async ({ atlas }) => {
  const [line] = await open(atlas);
  if (!line) throw new Error('expected a topic at least');
  await atlas.topics.topic(line.name).click();
  await atlas.list.at(1).click();
  const topic = atlas.reader.pane.getByRole('button', { name: `Topic: ${line.name}` });
  await expect(topic).toHaveAttribute('aria-pressed', 'true');
  await topic.click();
  await expect(atlas.list.heading).toHaveText(`${papers} papers`);
  await topic.click();
  await expect(atlas.list.heading).toHaveText(`${line.papers} of ${papers} papers`);
});

test('topics keep their names from visit to visit', async ({ atlas }) => {
  const before = await open(atlas);
  await atlas.page.reload();
  await expect(atlas.topics.region).toBeVisible();
  expect(await atlas.topics.lines()).toEqual(before);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('topics are folded, and unfold below the list', async ({ atlas }) => {
    await open(atlas);
    await expect(atlas.topics.heading).toHaveAttribute('aria-expanded', 'false');
    await expect(atlas.topics.topics).toHaveCount(0);
    await atlas.topics.heading.click();
    await expect(atlas.topics.topics.first()).toBeVisible();
    await expect(atlas.list.at(1)).toBeInViewport();
  });
});
