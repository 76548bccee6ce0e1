import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withHue } from './topic-colours';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** How colours are seen, on linear sRGB: Machado, Oliveira & Fernandes 2009, severity 1. */
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

/** Of `#rrggbb` or `oklch(l c h)`. */
function parsed(css: string): Triple {
  const [lightness, chroma, hue] = numbersOf(css);
  if (lightness !== undefined && chroma !== undefined && hue !== undefined)
    return linearOf(lightness, chroma, hue);
  const channel = (at: number) => {
    const value = parseInt(css.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function numbersOf(css: string): number[] {
  const [, inner] = /^oklch\(([^)]+)\)$/.exec(css) ?? [];
  return inner?.split(' ').map(Number) ?? [];
}

function contrast(a: Triple, b: Triple, sight: Matrix): number {
  const luminance = (colour: Triple) => {
    const [red, green, blue] = through(sight, colour);
    return 0.05 + dot([0.2126, 0.7152, 0.0722], [within(red), within(green), within(blue)]);
  };
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return lighter / darker;
}

const css = readFileSync('src/ui/tokens.css', 'utf8');
const [usual = '', contrasting = ''] = css.split('@media (prefers-contrast: more)');

/** A token's value in one theme, as it stands in the file. */
function valueOf(token: string, theme: 'light' | 'dark', text = usual): string {
  const [, light, dark] =
    new RegExp(`${token}: light-dark\\((#\\w+|\\w+\\([^)]*\\)), (#\\w+|\\w+\\([^)]*\\))\\);`).exec(text) ??
    [];
  const value = theme === 'light' ? light : dark;
  if (value === undefined) throw new Error(`expected ${token} in tokens.css as light-dark(a, b)`);
  return value;
}

const everyHue = Array.from({ length: 360 }, (_, hue) => hue);

describe.each(['light', 'dark'] as const)('the %s tones of topics', (theme) => {
  const ground = parsed(valueOf('--ground', theme));
  const halo = parsed(valueOf('--halo', theme));

  it.each(Object.entries(sights))('stand out from the ground at every hue, to %s sight', (_, sight) => {
    for (const hue of everyHue) {
      const tone = parsed(withHue(valueOf('--topic-tone', theme), hue));
      expect(contrast(tone, ground, sight)).toBeGreaterThanOrEqual(3);
      const text = parsed(withHue(valueOf('--topic-text', theme), hue));
      expect(contrast(text, ground, sight)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, halo, sight)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(parsed(valueOf('--topic-none', theme)), ground, sight)).toBeGreaterThanOrEqual(3);
  });

  it('are of sRGB at every hue, or a browser would change their lightness', () => {
    for (const token of ['--topic-tone', '--topic-text'])
      for (const hue of everyHue)
        for (const channel of parsed(withHue(valueOf(token, theme), hue))) {
          expect(channel).toBeGreaterThanOrEqual(0);
          expect(channel).toBeLessThanOrEqual(1);
        }
  });

  it('stand out more for one who asks for contrast', () => {
    expect(contrasting).toContain('--topic-tone: var(--topic-text);');
    const none = parsed(valueOf('--topic-none', theme, contrasting));
    expect(contrast(none, ground, sights.normal)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('withHue', () => {
  it('changes the hue and nothing else, as browsers write it', () => {
    expect(withHue('oklch(0.6 0.1 0)', 210)).toBe('oklch(0.6 0.1 210)');
    expect(withHue('oklch(0.6 0.1 none)', 12.5)).toBe('oklch(0.6 0.1 12.5)');
  });

  it('leaves alone what has no hue to change', () => {
    expect(withHue('CanvasText', 210)).toBe('CanvasText');
  });
});
