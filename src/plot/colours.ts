/** The colours of the map, read from the page's tokens. CSS colour strings. */
export interface Colours {
  ground: string;
  ink: string;
  inkQuiet: string;
  inkFaint: string;
  accent: string;
  halo: string;
  point: string;
  pointDim: string;
  /** Highlighted points, by step of relevance: from near the dimmed to full ink. */
  highlighted: readonly string[];
  isoline: string;
  /** Null where there are no hues: the palette is forced, or the page has no such tokens. */
  topic: TopicColours | null;
  fontFamily: string;
}

/** Lightness and chroma of OKLCH, as CSS numbers. */
export interface Tone {
  lightness: string;
  chroma: string;
}

/** Tones of points and text of all topics, whatever their hue, and the colour of points without a topic. */
export interface TopicColours {
  tone: Tone;
  text: Tone;
  none: string;
}

/** Tokens, each with the system colour used where the page lacks it or the palette is forced. */
const tokens = {
  ground: ['--ground', 'Canvas'],
  ink: ['--ink', 'CanvasText'],
  inkQuiet: ['--ink-2', 'CanvasText'],
  inkFaint: ['--ink-3', 'GrayText'],
  accent: ['--accent', 'Highlight'],
  halo: ['--halo', 'Canvas'],
  point: ['--point', 'CanvasText'],
  pointDim: ['--point-dim', 'GrayText'],
  isoline: ['--isoline', 'GrayText'],
  fontFamily: ['--font-sans', 'system-ui, sans-serif'],
} as const satisfies Record<Exclude<keyof Colours, 'highlighted' | 'topic'>, readonly [string, string]>;

function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const isForced = matchMedia('(forced-colors: active)').matches;
  const read = (key: keyof typeof tokens): string => {
    const [token, system] = tokens[key];
    const isOwn = !isForced || key === 'fontFamily';
    return (isOwn ? style.getPropertyValue(token).trim() : '') || system;
  };
  const [ink, point, pointDim] = [read('ink'), read('point'), read('pointDim')];
  return {
    ground: read('ground'),
    ink,
    inkQuiet: read('inkQuiet'),
    inkFaint: read('inkFaint'),
    accent: read('accent'),
    halo: read('halo'),
    point,
    pointDim,
    // A forced palette has no tones between its colours: relevance shows by size alone.
    highlighted: isForced
      ? [point, point, point, point]
      : [mixed(pointDim, point, 0.6), mixed(pointDim, point, 0.85), point, ink],
    isoline: read('isoline'),
    topic: isForced ? null : readTopicColours(style),
    fontFamily: read('fontFamily'),
  };
}

function readTopicColours(style: CSSStyleDeclaration): TopicColours | null {
  const read = (name: string) => style.getPropertyValue(`--topic-${name}`).trim();
  const tone = { lightness: read('lightness'), chroma: read('chroma') };
  const text = { lightness: read('text-lightness'), chroma: read('text-chroma') };
  const none = read('none');
  const isWhole = [none, ...Object.values(tone), ...Object.values(text)].every((value) => value !== '');
  return isWhole ? { tone, text, none } : null;
}

/** Mixes `share` of `over` into `under`; any CSS colours. */
export function mixed(under: string, over: string, share: number): string {
  const from = packColour(under);
  const to = packColour(over);
  const channels = [0, 8, 16].map((shift) => {
    const start = (from >>> shift) & 255;
    return Math.round(start + (((to >>> shift) & 255) - start) * share);
  });
  return `rgb(${channels.join(' ')})`;
}

/** Reports the colours now, and again whenever the theme, the palette or the fonts change. */
export function watchColours(element: Element, onColours: (colours: Colours) => void): () => void {
  const read = () => onColours(readColours(element));
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'].map(
    (query) => matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', read);
  document.fonts.addEventListener('loadingdone', read);
  const observer = new MutationObserver(read);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
  read();
  return () => {
    for (const query of queries) query.removeEventListener('change', read);
    document.fonts.removeEventListener('loadingdone', read);
    observer.disconnect();
  };
}

let probe: CanvasRenderingContext2D | null = null;

/** Resolves any CSS colour to 0xAABBGGRR, the order of ImageData words on little-endian machines. */
export function packColour(css: string): number {
  if (probe === null) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    probe = canvas.getContext('2d', { willReadFrequently: true });
  }
  if (probe === null) return 0xff000000;
  probe.fillStyle = css;
  probe.clearRect(0, 0, 1, 1);
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = probe.getImageData(0, 0, 1, 1).data;
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
