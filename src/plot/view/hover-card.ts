import type { Positions } from '../../core/layout/layout';
import type { Projection, Size } from './frame';
import { overlaps, type Rect } from '../rect';

const gapPx = 14;
const edgePx = 8;

/** Positions of the card round a point, best first: the shares of its width to the left of and its height above the point. */
const sides = [
  { x: 0, y: 1, gapX: 0.6, gapY: -1 },
  { x: 0, y: 0, gapX: 0.6, gapY: 1 },
  { x: 1, y: 1, gapX: -0.6, gapY: -1 },
  { x: 1, y: 0, gapX: -0.6, gapY: 1 },
  { x: 0.5, y: 1, gapX: 0, gapY: -1 },
  { x: 0.5, y: 0, gapX: 0, gapY: 1 },
  { x: 0, y: 0.5, gapX: 1, gapY: 0 },
  { x: 1, y: 0.5, gapX: -1, gapY: 0 },
] as const;

/** The card rather hides this many other points than one highlighted by a search. */
const highlightedWeight = 12;

/** The position where the card hides the fewest points, near ones counting most, and never its own. */
export function placeCard(
  at: { x: number; y: number },
  card: Size,
  room: Size,
  positions: Positions,
  projection: Projection,
  highlighted: Pick<ReadonlySet<number>, 'has'> | null,
): Rect {
  const rects = sides.map((side) => {
    const preferredLeft = at.x - side.x * card.widthPx + side.gapX * gapPx;
    const preferredTop = at.y - side.y * card.heightPx + side.gapY * gapPx;
    const left = Math.max(edgePx, Math.min(room.widthPx - card.widthPx - edgePx, preferredLeft));
    const top = Math.max(edgePx, Math.min(room.heightPx - card.heightPx - edgePx, preferredTop));
    return { left, top, right: left + card.widthPx, bottom: top + card.heightPx };
  });
  const own = { left: at.x - 6, top: at.y - 6, right: at.x + 6, bottom: at.y + 6 };
  const costs = rects.map((rect, rank) => rank * 0.3 + (overlaps(rect, own) ? 1e6 : 0));
  const reachX = card.widthPx + 2 * gapPx;
  const reachY = card.heightPx + 2 * gapPx;
  for (let i = 0; i < positions.length; i += 2) {
    const x = (positions[i] ?? NaN) * projection.scale + projection.x;
    const y = (positions[i + 1] ?? NaN) * projection.scale + projection.y;
    if (!(Math.abs(x - at.x) < reachX && Math.abs(y - at.y) < reachY)) continue;
    const weight = highlighted?.has(i / 2) === true ? highlightedWeight : 1;
    const hidden = weight * (1 + 60 / (20 + Math.hypot(x - at.x, y - at.y)));
    rects.forEach((rect, rank) => {
      if (x > rect.left && x < rect.right && y > rect.top && y < rect.bottom)
        costs[rank] = (costs[rank] ?? 0) + hidden;
    });
  }
  const best = rects[costs.indexOf(Math.min(...costs))];
  return best ?? { left: 0, top: 0, right: card.widthPx, bottom: card.heightPx };
}

/** The title and one line of details of the hovered paper. Text only. */
export class HoverCard {
  readonly element = document.createElement('div');
  readonly #title = document.createElement('p');
  readonly #detail = document.createElement('p');
  #rect: Rect | null = null;

  constructor() {
    this.element.className = 'map-card';
    this.element.hidden = true;
    this.element.setAttribute('aria-hidden', 'true');
    this.#title.className = 'map-card-title';
    this.#detail.className = 'map-card-detail';
    this.element.append(this.#title, this.#detail);
  }

  /** The area under the card, px; null while it is hidden. */
  get rect(): Rect | null {
    return this.#rect;
  }

  show(title: string, detail: string, place: (card: Size) => Rect): void {
    if (this.#title.textContent !== title) this.#title.textContent = title;
    if (this.#detail.textContent !== detail) this.#detail.textContent = detail;
    this.#detail.hidden = detail === '';
    this.element.hidden = false;
    const rect = place({ widthPx: this.element.offsetWidth, heightPx: this.element.offsetHeight });
    this.element.style.transform = `translate(${Math.round(rect.left)}px, ${Math.round(rect.top)}px)`;
    this.#rect = rect;
  }

  hide(): void {
    this.element.hidden = true;
    this.#rect = null;
  }
}
