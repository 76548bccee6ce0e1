import { expect, test } from './fixtures/test';
test.setTimeout(180_000);
for (const [name, size] of [
  ['1440', { width: 1440, height: 900 }],
  ['390', { width: 390, height: 844 }],
] as const)
  for (const scheme of ['light', 'dark'] as const)
    test(`shot ${name} ${scheme}`, async ({ atlas, server, page }) => {
      server.shipFew(12);
      server.holdModel();
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: scheme });
      await atlas.open();
      await atlas.reaches('list');
      await atlas.exporting.button.click();
      await expect(atlas.exporting.save).toBeEnabled();
      await page.screenshot({ path: `/tmp/shot-export-${name}-${scheme}.png` });
      await atlas.exporting.what.selectOption('Selection');
      await page.screenshot({ path: `/tmp/shot-exportnone-${name}-${scheme}.png` });
    });
