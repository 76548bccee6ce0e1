/** `node --import tsx src/build/commands/icons.ts`: draws public/icons. Its results are committed. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';
import { findChromium, howToGetChromium } from '../chromium';

// The app's mark: a small map of papers as stars, one of which is being read.
const sidePx = 512;
const paper = '#FBFAF7';
const ink = '#1C1B19';
const accent = '#B4472E';

interface Star {
  x: number;
  y: number;
  radius: number;
}

const current: Star = { x: 306, y: 214, radius: 34 };
const neighbours: Star[] = [
  { x: 176, y: 150, radius: 18 },
  { x: 398, y: 322, radius: 20 },
  { x: 212, y: 318, radius: 24 },
];
const others: Star[] = [
  { x: 386, y: 128, radius: 13 },
  { x: 118, y: 254, radius: 12 },
  { x: 300, y: 404, radius: 14 },
  { x: 132, y: 384, radius: 10 },
];

const circle = ({ x, y, radius }: Star, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
const line = ({ x, y }: Star) => `<path d="M${current.x} ${current.y}L${x} ${y}"/>`;

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

/** `plain` has rounded corners; `maskable` fills its square and stays inside the circle that every platform shows. */
function drawIcon(shape: 'plain' | 'maskable'): string {
  const scale = shape === 'plain' ? 1.2 : 1;
  const shift = (sidePx * (1 - scale)) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sidePx} ${sidePx}">`,
    `<rect width="${sidePx}" height="${sidePx}" rx="${shape === 'plain' ? 96 : 0}" fill="${paper}"/>`,
    `<g transform="translate(${shift} ${shift}) scale(${scale})">`,
    `<g stroke="${ink}" stroke-width="6" stroke-opacity=".35">${neighbours.map(line).join('')}</g>`,
    ...[...neighbours, ...others].map((star) => circle(star, ink)),
    circle({ ...current, radius: current.radius + 20 }, paper),
    circle(current, accent),
    `<circle cx="${current.x}" cy="${current.y}" r="${current.radius + 20}" fill="none" stroke="${accent}" stroke-width="6"/>`,
    '</g></svg>',
    '',
  ].join('\n');
}
