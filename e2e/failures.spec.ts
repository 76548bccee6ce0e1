import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from './fixtures/corpus';
import type { AppServer } from './fixtures/app-server';
import { expect, test } from './fixtures/test';
import type { AtlasPage } from './pages/atlas-page';

test.setTimeout(120_000);

/** The name of a built file contains its hash, so it is found by the rest of its name. */
function builtFile(parts: RegExp): string {
  const name = readdirSync(path.resolve('dist/model')).find((file) => parts.test(file));
  if (name === undefined) throw new Error(`expected a file like ${parts} in dist/model`);
  return `model/${name}`;
}

const model = builtFile(/int8.*\.onnx$/);
const runtime = builtFile(/wasm.*\.wasm$/);
const tokenizer = builtFile(/tokenizer.*\.json$/);

/** The same in every build. */
function nameOf(file: string): string {
  return file.replace(/\.[0-9a-f]{8}\./, '.');
}

async function canRead(atlas: AtlasPage, titles: string[]): Promise<void> {
  await atlas.reaches('map-provisional');
  await expect(atlas.map.provisionalNote).toBeVisible();
  expect(await atlas.map.inkedPixels()).toBeGreaterThan(titles.length);
  await atlas.search.searchFor(titles[1] ?? '');
  await atlas.list.openPaper(titles[1] ?? 'no such paper');
  await expect(atlas.reader.title).toHaveText(titles[1] ?? '');
  await atlas.search.searchFor('');
}

async function expectOneMessage(atlas: AtlasPage, file: string): Promise<void> {
  await expect(atlas.notices.alerts).toHaveCount(1, { timeout: 60_000 });
  await expect(atlas.notices.alerts).toContainText(path.basename(file));
}

test.describe('a file of the engine that cannot be loaded', () => {
  interface Fault {
    fault: string;
    cause: (server: AppServer) => void;
  }
  const isMissing = (file: string): Fault => ({
    fault: 'is missing',
    cause: (server) => server.remove(file),
  });
  const isPage = (file: string): Fault => ({
    fault: 'is a page',
    cause: (server) => server.answerWithPage(file),
  });
  const isAnother = (fault: string, file: string, made: (bytes: Buffer) => Uint8Array): Fault => ({
    fault,
    cause: (server) => {
      const body = made(readFileSync(path.resolve('dist', file)));
      server.replace(file, { type: 'application/octet-stream', body });
    },
  });
  const isCut = (file: string) =>
    isAnother('is cut short', file, (bytes) => bytes.subarray(0, bytes.length / 2));
  const isCorrupt = (file: string) =>
    isAnother('is another of the same length', file, (bytes) => bytes.fill(0, 1000, 2000));

  for (const { file, faults } of [
    { file: model, faults: [isMissing(model), isPage(model), isCut(model), isCorrupt(model)] },
    { file: runtime, faults: [isMissing(runtime), isPage(runtime), isCut(runtime)] },
    { file: tokenizer, faults: [isMissing(tokenizer)] },
  ]) {
    const all = faults.map(({ fault }) => fault).join(', then ');
    test(`because ${nameOf(file)} ${all}: list, provisional map and reader work, one message says so each time, and trying again helps`, async ({
      atlas,
      server,
    }) => {
      const titles = server.shipFew(6).map(({ title }) => title);
      const [first, ...others] = faults;
      first?.cause(server);
      await atlas.open();
      await expectOneMessage(atlas, file);
      await canRead(atlas, titles);
      for (const other of others) {
        await server.reset();
        server.shipFew(6);
        other.cause(server);
        await atlas.notices.act('Try again');
        await expect.poll(() => server.wasRequested(file)).toBe(true);
        await expectOneMessage(atlas, file);
        await expect(atlas.map.provisionalNote).toBeVisible();
      }

      await server.reset();
      await atlas.page.keyboard.press('Escape');
      await atlas.notices.act('Try again');
      await atlas.reaches('map', 60_000);
      await expect(atlas.notices.alerts).toHaveCount(0);
      await expect(atlas.map.provisionalNote).toBeHidden();
      await atlas.list.openPaper(titles[0] ?? '');
      await expect(atlas.reader.nearest).toHaveCount(5);
    });
  }

  test('is reported where an open reader does not cover it', async ({ atlas, server }) => {
    server.shipFew(6);
    server.remove(model);
    await atlas.open();
    await expect(atlas.notices.alerts).toHaveCount(1, { timeout: 60_000 });
    await atlas.list.row(1).getByRole('button').click();
    await expect(atlas.reader.title).toBeVisible();
    const button = atlas.notices.alerts.getByRole('button', { name: 'Try again' });
    // A trial click fails when another element is where the button is.
    await button.click({ trial: true, timeout: 5_000 });
  });
});

test.describe('a corpus that cannot be loaded', () => {
  test('does not prevent adding files of one’s own', async ({ atlas, server, watch }) => {
    server.remove('corpus/index.json');
    watch.expects(/status of 404/);
    await atlas.open();
    await expect(atlas.notices.alerts).toContainText('index.json');
    await expect(atlas.list.region).toContainText('No papers yet');
    await atlas.addFiles({
      name: 'own.json',
      mimeType: 'application/json',
      buffer: Buffer.from(digestOf([{ title: 'A paper of my own', abstract: 'Its abstract.' }])),
    });
    await expect(atlas.list.heading).toHaveText('1 paper');
    await expect(atlas.list.paper('A paper of my own')).toBeVisible();
  });

  test('is read by trying again once it is there', async ({ atlas, server }) => {
    server.answerWithPage('corpus/index.json');
    await atlas.open();
    await expect(atlas.notices.alerts).toContainText('index.json');
    await server.reset();
    await atlas.notices.act('Try again');
    await expect(atlas.list.heading).toHaveText('199 papers');
    await expect(atlas.notices.alerts).toHaveCount(0);
  });
});

test.describe('a browser that saves nothing', () => {
  const ways = {
    'has no database': () => {
      Object.defineProperty(window, 'indexedDB', { value: undefined });
    },
    'refuses to open one': () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('A private window', 'SecurityError');
      };
    },
  };
  for (const [way, script] of Object.entries(ways)) {
    test(`because it ${way}: the app works in memory and says so`, async ({ atlas, server }) => {
      const papers = server.shipFew(6);
      await atlas.page.addInitScript(script);
      await atlas.open();
      await expect(atlas.notices.about(/save nothing/)).toBeVisible();
      await expect(atlas.list.heading).toHaveText('6 papers');
      await atlas.reaches('map');
      await atlas.list.openPaper(papers[0]?.title ?? '');
      await expect(atlas.reader.nearest).toHaveCount(5);
      await atlas.settings.open();
      await expect(atlas.settings.diagnostics).toContainText('is lost with this page');
    });
  }
});
