import { digestOf, shippedPapers } from './fixtures/corpus';
import { savedVectors } from './fixtures/database';
import { expect, test } from './fixtures/test';
import type { AtlasPage } from './pages/atlas-page';

test.setTimeout(300_000);

/** Abstracts cut to their beginnings: a software adapter takes seconds for a text of usual length. */
const beginnings = shippedPapers()
  .slice(0, 5)
  .map(({ title, abstract }) => ({ title, abstract: abstract.slice(0, 80) }));
const few = {
  name: 'few.json',
  mimeType: 'application/json',
  buffer: Buffer.from(digestOf(beginnings)),
};

/** Opens an empty library, so that the engine can be chosen before it has anything to do. */
async function openWithEngine(atlas: AtlasPage, engine: 'Auto' | 'WebGPU' | 'WASM'): Promise<void> {
  await atlas.open();
  await atlas.reaches('list');
  await atlas.settings.open();
  await atlas.settings.choose('Engine', engine);
  await expect(atlas.settings.diagnostics).toContainText('Not started');
  await atlas.settings.close();
}

async function attempts(atlas: AtlasPage): Promise<string[]> {
  await atlas.settings.open();
  const lines = await atlas.settings.attempts.allInnerTexts();
  await atlas.settings.close();
  return lines;
}

test.beforeEach(({ server }) => {
  server.shipFew(0);
});

test.describe('with a software adapter', { tag: '@webgpu' }, () => {
  test('WebGPU reads the papers when chosen, in full precision', async ({ atlas }) => {
    await openWithEngine(atlas, 'WebGPU');
    await atlas.addFiles(few);
    await atlas.reaches('map', 240_000);
    expect(await attempts(atlas)).toEqual([expect.stringMatching(/^WebGPU, fp32 on .+: passed its check/)]);
    const { texts, vectorKeys } = await savedVectors(atlas.page);
    expect(texts.size).toBe(5);
    expect([...vectorKeys]).toEqual([expect.stringContaining('/fp32/')]);

    await atlas.page.reload();
    await atlas.reaches('map');
    await atlas.settings.open();
    await expect(atlas.settings.dialog.getByRole('radio', { name: 'WebGPU' })).toBeChecked();
  });

  test('Auto refuses it, says why, and reads with WASM', async ({ atlas }) => {
    await openWithEngine(atlas, 'Auto');
    await atlas.addFiles(few);
    await atlas.reaches('map');
    expect(await attempts(atlas)).toEqual([
      expect.stringMatching(/^WebGPU, fp32.*: refused\..*computes on the CPU/),
      expect.stringMatching(/^WASM, int8: passed its check/),
    ]);
    expect([...(await savedVectors(atlas.page)).vectorKeys]).toEqual([expect.stringContaining('/int8/')]);
  });
});

test.describe('without an adapter', () => {
  for (const engine of ['Auto', 'WebGPU'] as const) {
    test(`${engine} falls back to WASM, and Diagnostics says why`, async ({ atlas }) => {
      await openWithEngine(atlas, engine);
      await atlas.addFiles(few);
      await atlas.reaches('map');
      expect(await attempts(atlas)).toEqual([
        expect.stringMatching(/^WebGPU, fp32: refused\. This browser offers no GPU adapter/),
        expect.stringMatching(/^WASM, int8: passed its check in [\d,]+ ms/),
      ]);
    });
  }

  test('WASM is used when chosen, without requesting a GPU', async ({ atlas }) => {
    await openWithEngine(atlas, 'WASM');
    await atlas.addFiles(few);
    await atlas.reaches('map');
    expect(await attempts(atlas)).toEqual([expect.stringMatching(/^WASM, int8: passed its check/)]);
  });
});
