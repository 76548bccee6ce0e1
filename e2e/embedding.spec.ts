import type { Page } from '@playwright/test';
import { keptVectors } from './fixtures/database';
import { expect, test } from './fixtures/test';
import { AtlasPage } from './pages/atlas-page';

test.setTimeout(240_000);

/** Enough for several batches, few enough for a slow machine. */
const count = 40;

/** Until some papers have been read for meaning and kept, and not all of them. */
async function hasBegun({ page }: AtlasPage): Promise<void> {
  await expect
    .poll(async () => (await keptVectors(page)).rows, { intervals: [50], timeout: 90_000 })
    .toBeGreaterThan(0);
}

/** How many vectors are kept once the batches that were in flight have come in. */
async function comesToRest(page: Page): Promise<number> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const { rows } = await keptVectors(page);
        const isAtRest = rows === before;
        before = rows;
        return isAtRest;
      },
      { intervals: [3000], timeout: 60_000 },
    )
    .toBe(true);
  return before;
}

async function expectEachOnce({ page }: AtlasPage): Promise<void> {
  await expect.poll(async () => (await keptVectors(page)).rows).toBe(count);
  expect((await keptVectors(page)).texts.size).toBe(count);
}

/** What the browser itself calls long: a task of the page's own thread of over 50 ms. */
async function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const tasks: number[] = [];
        const observer = new PerformanceObserver((list) => {
          tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
        });
        observer.observe({ type: 'longtask', buffered: true });
        setTimeout(() => {
          observer.disconnect();
          resolve(tasks);
        }, 100);
      }),
  );
}

test('reading can be paused, and goes on where it was', async ({ atlas, server }) => {
  server.shipWhole(count);
  await atlas.open();
  await expect(atlas.progress.status).toContainText(`of ${count}`, { timeout: 90_000 });
  await atlas.progress.pauseButton.click();
  await expect(atlas.progress.status).toContainText('paused');
  const kept = await comesToRest(atlas.page);
  expect(kept).toBeLessThan(count);

  // The rest of the app does not wait for it.
  await atlas.list.row(1).getByRole('button').click();
  await expect(atlas.reader.title).toBeVisible();
  await expect(atlas.map.provisionalNote).toBeVisible();

  await atlas.progress.resumeButton.click();
  await expect(atlas.progress.status).not.toContainText('paused');
  await atlas.reaches('map');
  await expectEachOnce(atlas);
  // A figure for the record; how long a task takes is this machine's matter.
  const tasks = await longTasks(atlas.page);
  test.info().annotations.push({ type: 'tasks over 50 ms, in ms', description: tasks.join(', ') || 'none' });
});

test('reading can be stopped; what has been read is kept, and "Go on" reads the rest', async ({
  atlas,
  server,
}) => {
  server.shipWhole(count);
  await atlas.open();
  await hasBegun(atlas);
  await atlas.progress.stopButton.click();
  await expect(atlas.notices.about(/^Stopped\./)).toBeVisible();
  await expect(atlas.progress.stopButton).toHaveCount(0);
  const kept = await comesToRest(atlas.page);
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(count);

  await atlas.notices.act('Go on');
  await expect(atlas.notices.about(/^Stopped\./)).toHaveCount(0);
  await expect(atlas.progress.status).toContainText(`of ${count - kept}`, { timeout: 60_000 });
  await atlas.reaches('map');
  await expectEachOnce(atlas);
});

test('after a reload reading goes on with the papers that are left', async ({ atlas, server }) => {
  server.shipWhole(count);
  await atlas.open();
  await hasBegun(atlas);
  await atlas.progress.pauseButton.click();
  const kept = await comesToRest(atlas.page);
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(count);

  await atlas.page.reload();
  await expect(atlas.progress.status).toContainText(`of ${count - kept}`, { timeout: 90_000 });
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

test('a worker that goes silent is replaced, and no paper is lost', async ({ atlas, server }) => {
  server.shipWhole(count);
  await atlas.page.clock.install();
  await atlas.open();
  await hasBegun(atlas);
  const workers = atlas.page.workers().filter((worker) => worker.url().includes('runtime'));
  expect(workers.length).toBeGreaterThan(0);
  // Nobody is told of such an end: the app can only wonder at the silence.
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
