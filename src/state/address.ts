import type { Viewport } from '../core/layout/viewport';

/** The state in the URL hash: what a reader would want to share. */
export interface Address {
  paper: string | null;
  query: string;
  /** Only papers that came since then, ms since the epoch; null for all. */
  since: number | null;
  viewport: Viewport | null;
}

export function readAddress(hash: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    paper: fields.get('paper') || null,
    query: fields.get('q') ?? '',
    since: readMoment(fields.get('since')),
    viewport: readViewport(fields.get('at')),
  };
}

/** `''` when there is nothing to share, else with its `#`. */
export function writeAddress({ paper, query, since, viewport }: Address): string {
  const fields = new URLSearchParams();
  if (paper !== null) fields.set('paper', paper);
  if (query.trim() !== '') fields.set('q', query);
  if (since !== null) fields.set('since', new Date(since).toISOString());
  if (viewport !== null) {
    const { centreX, centreY, scale } = viewport;
    fields.set('at', [centreX.toFixed(3), centreY.toFixed(3), scale.toFixed(3)].join(','));
  }
  const text = fields.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `#${text}`;
}

/** As `toISOString` writes it, in any precision. */
function readMoment(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\d(?:T[\d:.]{5,12}Z)?$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

function readViewport(text: string | null): Viewport | null {
  const [centreX, centreY, scale, ...rest] = (text ?? '').split(',').map(Number);
  if (centreX === undefined || centreY === undefined || scale === undefined || rest.length > 0) return null;
  if (![centreX, centreY, scale].every(Number.isFinite) || scale <= 0) return null;
  return { centreX, centreY, scale };
}
