import type { Page } from '@playwright/test';
import { accessibilityFaults } from './fixtures/axe';
import { digestOf, shippedPapers } from './fixtures/corpus';
import { test as withLibrary } from './fixtures/saved-library';
import { expect, test as fresh } from './fixtures/test';
import type { AtlasPage } from './pages/atlas-page';

const papers = shippedPapers();
const screens = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const schemes = ['light', 'dark'] as const;
const own = {
  name: 'own.json',
  mimeType: 'application/json',
  buffer: Buffer.from(digestOf([{ title: 'A paper of my own', abstract: 'Its abstract.' }])),
};

const views: Record<string, (atlas: AtlasPage) => Promise<void>> = {
  'first screen': async () => undefined,
  'open reader': async (atlas) => {
    await atlas.list.openPaper(papers[0]?.title ?? '');
    await expect(atlas.reader.nearest).toHaveCount(10);
  },
  'open explanation': async (atlas) => {
    await atlas.list.openPaper(papers[0]?.title ?? '');
    await atlas.reader.why(0).click();
    await expect(atlas.reader.explanation.getByRole('definition')).toHaveCount(2, { timeout: 90_000 });
  },
  'search without result': async (atlas) => {
    await atlas.search.searchFor('recipes for soup');
    await expect(atlas.list.heading).toHaveText('0 of 199 papers');
  },
  'one topic of the list': async (atlas) => {
    if ((await atlas.topics.heading.getAttribute('aria-expanded')) === 'false')
      await atlas.topics.heading.click();
    await atlas.topics.topics.nth(1).click();
    await expect(atlas.topics.chosen).toHaveCount(1);
  },
  settings: async (atlas) => {
    await atlas.settings.open();
    await expect(atlas.settings.diagnostics).toBeVisible();
  },
  help: async (atlas) => {
    await atlas.help.button.click();
    await expect(atlas.help.dialog).toBeVisible();
  },
  digests: async (atlas) => {
    await atlas.digests.open();
    await expect(atlas.digests.dialog).toBeVisible();
  },
  'import report': async (atlas) => {
    await atlas.addFiles({ ...own, buffer: Buffer.from('{"papers":[7]}') }, own);
    await expect(atlas.importReport.region).toContainText('1 new');
  },
};

/** The longest time that any element of the page takes for a transition or an animation, in seconds. */
async function longestMotion(page: Page): Promise<number> {
  return page.evaluate(() => {
    const seconds = (times: string) =>
      times.split(',').map((time) => Number.parseFloat(time) * (time.trim().endsWith('ms') ? 0.001 : 1));
    return Math.max(
      ...[...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
        return [
          ...seconds(transitionDuration),
          ...(animationName === 'none' ? [] : seconds(animationDuration)),
        ];
      }),
    );
  });
}

for (const [screen, viewport] of Object.entries(screens)) {
  for (const colorScheme of schemes) {
    // `npm test` takes each screen and each scheme once, `npm run test:long` all
    const tag = (screen === 'desk') === (colorScheme === 'light') ? [] : ['@long'];
    withLibrary.describe(`on a ${screen}, ${colorScheme}`, { tag }, () => {
      withLibrary.use({ viewport, colorScheme });

      withLibrary('no view breaks a rule of accessibility', async ({ atlas }) => {
        withLibrary.setTimeout(180_000);
        await atlas.open();
        await atlas.reaches('map');
        for (const [view, show] of Object.entries(views)) {
          await show(atlas);
          expect.soft(await accessibilityFaults(atlas.page), view).toEqual([]);
          await atlas.page.keyboard.press('Escape');
          await atlas.search.searchFor('');
          await expect(atlas.list.heading).toHaveText(/^\d+ papers$/);
        }
      });
    });

    fresh.describe(`on a ${screen}, ${colorScheme}`, { tag }, () => {
      fresh.use({ viewport, colorScheme });

      fresh('the empty library and its message break no rule of accessibility', async ({ atlas, server }) => {
        server.answerWithPage('corpus/index.json');
        await atlas.open();
        await expect(atlas.notices.alerts).toBeVisible();
        await expect(atlas.list.region).toContainText('No papers yet');
        expect(await accessibilityFaults(atlas.page)).toEqual([]);
      });
    });
  }
}

withLibrary.describe('with motion unwanted', () => {
  withLibrary.use({ contextOptions: { reducedMotion: 'reduce' } });

  withLibrary('nothing moves by itself, and a flight is a jump', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    await atlas.list.openPaper(papers[5]?.title ?? '');
    await expect(atlas.reader.title).toBeVisible();
    expect(await longestMotion(atlas.page)).toBeLessThanOrEqual(0.001);
    await atlas.help.button.click();
    expect(await longestMotion(atlas.page)).toBeLessThanOrEqual(0.001);
  });
});

withLibrary.describe('with forced colours', () => {
  withLibrary.use({ contextOptions: { forcedColors: 'active' } });

  withLibrary('points and the focus are still visible', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    expect(await atlas.map.inkedPixels()).toBeGreaterThan(199);
    await atlas.page.keyboard.press('m');
    await expect(atlas.map.surface).toBeFocused();
    const outline = await atlas.map.surface.evaluate((surface) => getComputedStyle(surface).outlineStyle);
    expect(outline).not.toBe('none');
    expect(await accessibilityFaults(atlas.page)).toEqual([]);
  });

  withLibrary('the row of the open paper still differs from the others', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    const row = atlas.list.paper(papers[1]?.title ?? '');
    const before = await row.screenshot();
    await row.click();
    await expect(row).toHaveAttribute('aria-current', 'true');
    await atlas.page.mouse.move(0, 0);
    expect((await row.screenshot()).equals(before)).toBe(false);
  });
});

withLibrary.describe('at 320 px, which is a page at 400 %', () => {
  withLibrary.use({ viewport: { width: 320, height: 640 } });

  withLibrary('nothing needs to be scrolled sideways', async ({ atlas }) => {
    await atlas.open();
    await atlas.reaches('map');
    const overflow = () => atlas.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await atlas.list.openPaper(papers[0]?.title ?? '');
    await expect(atlas.reader.title).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(
      await atlas.reader.pane.evaluate((pane) => pane.scrollWidth - pane.clientWidth),
    ).toBeLessThanOrEqual(0);
  });
});

withLibrary('screen readers find the landmarks in the order of the page', async ({ atlas }) => {
  await atlas.open();
  await atlas.reaches('map');
  await expect(atlas.page.getByRole('heading', { level: 1 })).toHaveText('Digest Atlas');
  await expect(atlas.page.getByRole('main')).toHaveCount(1);
  await expect(atlas.page.getByRole('search')).toHaveCount(1);
  await expect(atlas.map.region).toContainText('199 papers on the map.');
  await expect(atlas.page.getByRole('banner')).toHaveCount(1);
  await expect(atlas.page.getByRole('contentinfo')).toHaveCount(1);
  const landmarks = ['header', '[role=search], search', 'main', 'footer'];
  const order = await atlas.page.evaluate(
    (selectors) =>
      selectors
        .map((selector) => document.querySelector(selector))
        .every((element, at, all) => {
          const before = at === 0 ? undefined : all[at - 1];
          return (
            element !== null &&
            (before == null ||
              (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)
          );
        }),
    landmarks,
  );
  expect(order, 'the order of the landmarks in the document').toBe(true);
});
