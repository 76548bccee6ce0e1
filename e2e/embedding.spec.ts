import type { Page } from '@playwright/test';
import { savedVectors } from './fixtures/database';
import { performanceEntries } from './fixtures/performance-entries';
import { expect, test } from './fixtures/test';
import { AtlasPage } from './pages/atlas-page';

test.setTimeout(240_000);

/** Enough for several batches, few enough for a slow machine. */
const count = 40;

/** Waits until the vectors of some papers are saved, and not yet of all. */
async function hasBegun({ page }: AtlasPage): Promise<void> {
  await expect
    .poll(async () => (await savedVectors(page)).rows, { intervals: [50], timeout: 90_000 })
    .toBeGreaterThan(0);
}

/** Number of saved vectors once the batches in flight have arrived. */
async function becomesIdle(page: Page): Promise<number> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const { rows } = await savedVectors(page);
        const isUnchanged = rows === before;
        before = rows;
        return isUnchanged;
      },
      { intervals: [3000], timeout: 60_000 },
    )
    .toBe(true);
  return before;
}

async function expectEachOnce({ page }: AtlasPage): Promise<void> {
  await expect.poll(async () => (await savedVectors(page)).rows).toBe(count);
  expect((await savedVectors(page)).texts.size).toBe(count);
}

test('reading can be paused, and continues where it was', async ({ atlas, server }) => {
  server.shipWhole(count);
  await atlas.open();
  await expect(atlas.progress.status).toContainText(`of ${count}`, { timeout: 90_000 });
  await atlas.progress.pauseButton.click();
  await expect(atlas.progress.status).toContainText('paused');
  const saved = await becomesIdle(atlas.page);
  expect(saved).toBeLessThan(count);

  // The rest of the app does not wait for it.
  await atlas.list.row(1).getByRole('button').click();
  await expect(atlas.reader.title).toBeVisible();
  await expect(atlas.map.provisionalNote).toBeVisible();

  await atlas.progress.resumeButton.click();
  await expect(atlas.progress.status).not.toContainText('paused');
  await atlas.reaches('map');
  await expectEachOnce(atlas);
  // Recorded, not asserted: how long a task takes depends on the machine.
  const tasks = (await performanceEntries(atlas.page, 'longtask')).map(({ durationMs }) => durationMs);
  test.info().annotations.push({ type: 'tasks over 50 ms, in ms', description: tasks.join(', ') || 'none' });
});

test('reading can be stopped; what has been read is saved, and "Go on" reads the rest', async ({
  atlas,
  server,
}) => {
  server.shipWhole(count);
  await atlas.open();
  await hasBegun(atlas);
  await atlas.progress.stopButton.click();
  await expect(atlas.notices.about(/^Stopped\./)).toBeVisible();
  await expect(atlas.progress.stopButton).toHaveCount(0);
  const saved = await becomesIdle(atlas.page);
  expect(saved).toBeGreaterThan(0);
  expect(saved).toBeLessThan(count);

  await atlas.notices.act('Go on');
  await expect(atlas.notices.about(/^Stopped\./)).toHaveCount(0);
  await expect(atlas.progress.status).toContainText(`of ${count - saved}`, { timeout: 60_000 });
  await atlas.reaches('map');
  await expectEachOnce(atlas);
});

test('after a reload reading continues with the papers that are left', async ({ atlas, server }) => {
  server.shipWhole(count);
  await atlas.open();
  await hasBegun(atlas);
  await atlas.progress.pauseButton.click();
  const saved = await becomesIdle(atlas.page);
  expect(saved).toBeGreaterThan(0);
  expect(saved).toBeLessThan(count);

  await atlas.page.reload();
  await expect(atlas.progress.status).toContainText(`of ${count - saved}`, { timeout: 90_000 });
  await atlas.reaches('map');
  await expectEachOnce(atlas);
});

test('a worker that throws is replaced, and no paper is lost', async ({ atlas, server, watch }) => {
  server.shipWhole(count);
  watch.expects(/a fault of the worker/);
  await atlas.open();
  await hasBegun(atlas);
  const workers = atlas.page.workers().filter((worker) => worker.url().includes('runtime'));
  expect(workers.length).toBeGreaterThan(0);
  await workers[0]?.evaluate(() => {
    setTimeout(() => {
      throw new Error('a fault of the worker');
    });
  });
  await atlas.reaches('map');
  await expectEachOnce(atlas);
  await expect(atlas.notices.alerts).toHaveCount(0);
});

test('a worker that stops answering is replaced, and no paper is lost', async ({ atlas, server }) => {
  server.shipWhole(count);
  await atlas.page.clock.install();
  await atlas.open();
  await hasBegun(atlas);
  const workers = atlas.page.workers().filter((worker) => worker.url().includes('runtime'));
  expect(workers.length).toBeGreaterThan(0);
  // No event reports such an end: the app can only time out.
  for (const worker of workers) await worker.evaluate(() => self.close());
  await expect.poll(() => workers.every((worker) => !atlas.page.workers().includes(worker))).toBe(true);
  await atlas.page.clock.fastForward('03:00');
  await atlas.reaches('map');
  await expectEachOnce(atlas);
});

test('of two pages one reads, and the other gets the same map', async ({ atlas, server, context }) => {
  const papers = server.shipWhole(count);
  await atlas.open();
  await hasBegun(atlas);
  const other = new AtlasPage(await context.newPage());
  await other.open();
  await other.reaches('map');
  await atlas.reaches('map');
  await expectEachOnce(atlas);
  await other.list.openPaper(papers[0]?.title ?? '');
  await expect(other.reader.nearest).toHaveCount(10);
});
