import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Colours } from '../colours';
import { pointTones, toneAt, topicTexts } from './topic-colours';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Simulations of colour blindness, on linear sRGB: Machado, Oliveira & Fernandes 2009, severity 1. */
const sights = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, Matrix>;

const within = (value: number) => Math.max(0, Math.min(1, value));
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const through = (matrix: Matrix, colour: Triple): Triple => [
  dot(matrix[0], colour),
  dot(matrix[1], colour),
  dot(matrix[2], colour),
];

/** Linear sRGB of OKLCH (Ottosson 2020), out of 0…1 where sRGB has no such colour. */
function linearOf(lightness: number, chroma: number, hue: number): Triple {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const cones = through(
    [
      [1, 0.3963377774, 0.2158037573],
      [1, -0.1055613458, -0.0638541728],
      [1, -0.0894841775, -1.291485548],
    ],
    [lightness, a, b],
  );
  return through(
    [
      [4.0767416621, -3.3077115913, 0.2309699292],
      [-1.2684380046, 2.6097574011, -0.3413193965],
      [-0.0041960863, -0.7034186147, 1.707614701],
    ],
    [cones[0] ** 3, cones[1] ** 3, cones[2] ** 3],
  );
}

/** Linear sRGB of `#rrggbb`. */
function parsed(css: string): Triple {
  const channel = (at: number) => {
    const value = parseInt(css.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function contrast(a: Triple, b: Triple, sight: Matrix): number {
  const luminance = (colour: Triple) => {
    const [red, green, blue] = through(sight, colour);
    return 0.05 + dot([0.2126, 0.7152, 0.0722], [within(red), within(green), within(blue)]);
  };
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return lighter / darker;
}

type Theme = 'light' | 'dark';

const css = readFileSync('src/ui/tokens.css', 'utf8');
const [usual = '', contrasting = ''] = css.split('@media (prefers-contrast: more)');

/** The value of a colour in one theme, as written in the file. */
function colourOf(token: string, theme: Theme, text = usual): Triple {
  const [, light, dark] = new RegExp(`${token}: light-dark\\((#\\w{6}), (#\\w{6})\\);`).exec(text) ?? [];
  const value = theme === 'light' ? light : dark;
  if (value === undefined) throw new Error(`expected ${token} in tokens.css as light-dark(#……, #……)`);
  return parsed(value);
}

/** All values to which the token of a number is set. */
function numbersOf(token: string): number[] {
  return [...usual.matchAll(new RegExp(`${token}: ([\\d.]+);`, 'g'))].map(([, value]) => Number(value));
}

function toneOf(kind: '--topic' | '--topic-text', theme: Theme, hue: number): Triple {
  const at = theme === 'light' ? 0 : 1;
  return linearOf(numbersOf(`${kind}-lightness`)[at] ?? NaN, numbersOf(`${kind}-chroma`)[at] ?? NaN, hue);
}

const everyHue = Array.from({ length: 360 }, (_, hue) => hue);

describe.each(['light', 'dark'] as const)('the %s tones of topics', (theme) => {
  const ground = colourOf('--ground', theme);
  const halo = colourOf('--halo', theme);

  it.each(Object.entries(sights))('stand out from the ground at every hue, to %s sight', (_, sight) => {
    for (const hue of everyHue) {
      const text = toneOf('--topic-text', theme, hue);
      expect(contrast(toneOf('--topic', theme, hue), ground, sight)).toBeGreaterThanOrEqual(3);
      expect(contrast(text, ground, sight)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, halo, sight)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colourOf('--topic-none', theme), ground, sight)).toBeGreaterThanOrEqual(3);
  });

  it('are inside sRGB at every hue, or a browser would change their lightness', () => {
    for (const kind of ['--topic', '--topic-text'] as const)
      for (const hue of everyHue)
        for (const channel of toneOf(kind, theme, hue)) {
          expect(channel).toBeGreaterThanOrEqual(0);
          expect(channel).toBeLessThanOrEqual(1);
        }
  });

  it('stand out more where the reader prefers more contrast', () => {
    for (const part of ['lightness', 'chroma'])
      expect(contrasting).toContain(`--topic-${part}: var(--topic-text-${part});`);
    const none = colourOf('--topic-none', theme, contrasting);
    expect(contrast(none, ground, sights.normal)).toBeGreaterThanOrEqual(4.5);
  });
});

it('are the same in the dark theme, whether the system or the reader chose it', () => {
  for (const token of ['lightness', 'chroma', 'text-lightness', 'text-chroma']) {
    const [, bySystem, byReader, ...others] = numbersOf(`--topic-${token}`);
    expect(byReader).toBe(bySystem);
    expect(others).toEqual([]);
  }
});

describe('pointTones', () => {
  const colours: Colours = {
    ground: 'Canvas',
    ink: 'CanvasText',
    inkQuiet: 'CanvasText',
    inkFaint: 'GrayText',
    accent: 'Highlight',
    halo: 'Canvas',
    point: 'CanvasText',
    pointDim: 'GrayText',
    highlighted: ['CanvasText', 'CanvasText', 'CanvasText', 'CanvasText'],
    isoline: 'GrayText',
    topic: null,
    fontFamily: 'sans-serif',
  };
  const topics = { names: ['one', 'two'], hues: [20, 200], topicOf: Int16Array.of(1, -1, 0) };

  it('gives no topic a colour of its own where the palette is forced or there are no topics', () => {
    for (const tones of [pointTones(colours, topics), pointTones(colours, null)])
      for (const row of [0, 1, 2]) {
        const at = toneAt(tones.topicOf, row);
        expect(tones.plain[at]).toBe(colours.point);
        expect(tones.highlighted.map((step) => step[at])).toEqual(colours.highlighted);
      }
    expect(topicTexts(colours, topics)).toEqual([colours.ink, colours.ink]);
  });

  it('gives a row beyond its end no topic', () => {
    expect([0, 1, 2, 3].map((row) => toneAt(topics.topicOf, row))).toEqual([2, 0, 1, 0]);
  });

  it('gives text the hue of its topic', () => {
    const tone = { lightness: '0.6', chroma: '0.1' };
    const text = { lightness: '0.5', chroma: '0.08' };
    const hued = { ...colours, topic: { tone, text, none: 'gray' } };
    expect(topicTexts(hued, topics)).toEqual(['oklch(0.5 0.08 20)', 'oklch(0.5 0.08 200)']);
  });
});
