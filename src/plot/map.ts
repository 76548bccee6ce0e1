import type { Positions } from '../core/layout/layout';

/** d3-zoom's transform of the layout's frame: screen = k × (fitted position) + (x, y), px. */
export interface Viewport {
  /** In layout units, so that it means the same in every window: the point at the centre of the map… */
  centreX: number;
  centreY: number;
  /** …and how far in: 1 fits the whole layout. */
  scale: number;
}

/** All that the map shows. A plain value: the map redraws what differs from the last one. */
export interface MapScene {
  /** n titles in the order of `positions`. */
  titles: readonly string[];
  /** One quiet line under the title of the hover card. */
  details: readonly string[];
  positions: Positions;
  /** How the map goes from the positions it shows to these. */
  motion: 'glide' | 'follow' | 'none';
  provisional: boolean;
  /** Row indices, −1 for none. */
  selected: number;
  /** Shown as if hovered by the pointer, e.g. the focused row of the list. */
  hovered: number;
  /** True neighbours of the selected one, nearest first; thin lines lead to them. */
  neighbours: readonly number[];
  /** Rows lit by a search, the rest is dimmed; null when there is no search. */
  lit: ReadonlySet<number> | null;
  /** Rows that arrived in this session and have not been opened: a soft halo. */
  fresh: ReadonlySet<number>;
  viewport: Viewport | null;
}

export interface MapEvents {
  onPick(index: number): void;
  onHover(index: number): void;
  /** The reader moved the map. Not called for moves that the scene asked for. */
  onViewport(viewport: Viewport): void;
  /** First frame drawn after `update` with new positions, once they are at rest. */
  onDrawn?(): void;
}

/** Framework-free: made in an element that it fills and owns the inside of. */
export interface MapPlot {
  update(scene: MapScene): void;
  zoomBy(factor: number): void;
  /** Shows everything. */
  fit(): void;
  /** Brings a point to the centre of the part of the map that is not covered, px from the right/bottom edge. */
  flyTo(index: number): void;
  /** Room taken by what floats over the map, so that "centre" means the centre of what is seen. */
  setInsets(insets: { rightPx: number; bottomPx: number }): void;
  focus(): void;
  destroy(): void;
}
