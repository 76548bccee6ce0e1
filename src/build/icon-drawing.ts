/** The app's mark: a small star chart on paper, five points and the one that is being read. */

const side = 512;
const paper = '#FBFAF7';
const ink = '#1C1B19';
const accent = '#B4472E';

interface Star {
  x: number;
  y: number;
  radius: number;
}

const read: Star = { x: 306, y: 214, radius: 34 };
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
const line = ({ x, y }: Star) => `<path d="M${read.x} ${read.y}L${x} ${y}"/>`;

/** `plain` has round corners; `maskable` fills its square and keeps inside the circle that every platform leaves. */
export function drawIcon(shape: 'plain' | 'maskable'): string {
  const scale = shape === 'plain' ? 1.2 : 1;
  const shift = (side * (1 - scale)) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">`,
    `<rect width="${side}" height="${side}" rx="${shape === 'plain' ? 96 : 0}" fill="${paper}"/>`,
    `<g transform="translate(${shift} ${shift}) scale(${scale})">`,
    `<g stroke="${ink}" stroke-width="6" stroke-opacity=".35">${neighbours.map(line).join('')}</g>`,
    ...[...neighbours, ...others].map((star) => circle(star, ink)),
    circle({ ...read, radius: read.radius + 20 }, paper),
    circle(read, accent),
    `<circle cx="${read.x}" cy="${read.y}" r="${read.radius + 20}" fill="none" stroke="${accent}" stroke-width="6"/>`,
    '</g></svg>',
    '',
  ].join('\n');
}
