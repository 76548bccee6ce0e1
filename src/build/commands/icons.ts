/** `node --import tsx src/build/commands/icons.ts`: draws public/icons anew. Its results are committed. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';
import { findChromium, howToGetChromium } from '../chromium';
import { drawIcon } from '../icon-drawing';

const folder = path.resolve('public/icons');
const executablePath = findChromium();
if (!executablePath) throw new Error(howToGetChromium);

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
for (const shape of ['plain', 'maskable'] as const) {
  const name = shape === 'plain' ? 'icon' : 'maskable';
  const svg = drawIcon(shape);
  await writeFile(path.join(folder, `${name}.svg`), svg);
  for (const size of [192, 512]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    await page.screenshot({ path: path.join(folder, `${name}-${size}.png`), omitBackground: true });
    await page.close();
  }
}
await browser.close();
