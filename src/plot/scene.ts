import type { Positions } from '../core/layout/layout';
import type { Viewport } from '../core/layout/viewport';
import type { Insets, Size } from './view/frame';
import type { LitRows } from './points/highlighted-rows';

export type { Viewport };

/** What regions of the map are about. A new object whenever it differs. */
export interface SceneTopics {
  names: readonly string[];
  /** Degrees of OKLCH hue, by topic. */
  hues: readonly number[];
  /** By row, −1 for a paper that belongs to none; rows beyond its end belong to none. Never written to. */
  topicOf: Int16Array;
}

/** All that the map shows. A plain value: the map redraws what differs from the last one. */
export interface MapScene {
  /** n titles in the order of `positions`. */
  titles: readonly string[];
  /** One quiet line under the title of the hover card. */
  details: readonly string[];
  /** A new array whenever the layout changes: arrays are told apart by identity and never written to. */
  positions: Positions;
  /** How the map goes from the positions it shows to these. */
  motion: 'glide' | 'follow' | 'none';
  /** Row indices, −1 for none. */
  selected: number;
  /** Shown as if hovered by the pointer, e.g. the focused row of the list. */
  hovered: number;
  /** True neighbours of the selected one, nearest first; thin lines lead to them. */
  neighbours: readonly number[];
  /** Rows lit by a search; the rest is dimmed. Null when there is no search. */
  lit: LitRows | null;
  /** Rows that the page offers to show, see `onOffer`. */
  offered: ArrayLike<number>;
  /** Rows that arrived in this session and have not been opened: a soft halo. */
  fresh: ReadonlySet<number>;
  /** Rows that have been read: drawn as rings. A new set whenever it differs. */
  read: ReadonlySet<number>;
  /** Rows that carry the reader's star. */
  starred: ReadonlySet<number>;
  /** Told by the hues of points and by labels; null while there are none. */
  topics: SceneTopics | null;
  /** Taken up when it differs from the last one given and from where the map already is. */
  viewport: Viewport | null;
}

export interface MapEvents {
  onPick(index: number): void;
  /** −1 when nothing is hovered any more. */
  onHover(index: number): void;
  /**
   * The reader moved the map, by hand or through `zoomBy`, `fit`, `reveal`, `show`.
   * Not called for moves that the scene, the insets or a resize asked for.
   */
  onViewport(viewport: Viewport): void;
  /** Whether `show(offered)` would move the map: told whenever it changes while the map is at rest; false at first. */
  onOffer?(canShow: boolean): void;
  /** First frame drawn after `update` with new positions, once they are at rest. */
  onDrawn?(): void;
}

/** Framework-free: made in an element that it fills and owns the inside of. */
export interface MapPlot {
  update(scene: MapScene): void;
  zoomBy(factor: number): void;
  /** Shows everything. */
  fit(): void;
  /**
   * Brings a point to the centre of the part of the map that is not covered, unless it is seen there already. The arrow
   * keys go on from it.
   */
  reveal(index: number): void;
  /** Flies to where all these rows are seen, unless they are; rows without a place are passed over. */
  show(rows: ArrayLike<number>): void;
  /** Keeps what was at the centre of the seen part there. */
  setInsets(insets: Insets): void;
  /** Controls float over the lower right corner of the seen part: labels stay clear of it. */
  setCorner(corner: Size): void;
  focus(): void;
  destroy(): void;
}
