import type { Positions } from '../core/layout/layout';
import type { Viewport } from '../core/layout/viewport';
import type { Insets, Size } from './view/frame';
import type { HighlightedRows } from './points/highlighted-rows';

export type { Viewport };

/** The topics of the map. A new object whenever it differs. */
export interface SceneTopics {
  names: readonly string[];
  /** Degrees of OKLCH hue, by topic. */
  hues: readonly number[];
  /** By row, −1 for a paper without a topic; rows beyond its end have none either. Never written to. */
  topicOf: Int16Array;
}

/** Everything that the map shows. A plain value: the map redraws what differs from the last one. */
export interface MapScene {
  /** n titles in the order of `positions`. */
  titles: readonly string[];
  /** One line under the title on the hover card, of the paper in a row; asked for when the card is shown. */
  detail: (row: number) => string;
  /** A new array whenever the layout changes: arrays are compared by identity and never written to. */
  positions: Positions;
  /** How points move from the positions shown to these. */
  motion: 'glide' | 'follow' | 'none';
  /** Row indices, −1 for none. */
  selected: number;
  /** Shown as if hovered by the pointer, e.g. the focused row of the list. */
  hovered: number;
  /** True neighbours of the selected paper, nearest first; thin lines lead to them. */
  neighbours: readonly number[];
  /** Rows highlighted by a search; all others are dimmed. Null when there is no search. */
  highlighted: HighlightedRows | null;
  /** Rows that the page offers to show, see `onOffer`. */
  offered: ArrayLike<number>;
  /** Rows that arrived in this session and have not been opened: a soft halo. */
  fresh: ReadonlySet<number>;
  /** Rows that have been read: drawn as rings. A new set whenever it differs. */
  read: ReadonlySet<number>;
  /** Rows that the reader starred. */
  starred: ReadonlySet<number>;
  /** Shown by the hues of points and by labels; null while there are none. */
  topics: SceneTopics | null;
  /** Applied when it differs from the last one given and from the last one reported. */
  viewport: Viewport | null;
}

export interface MapEvents {
  onPick(index: number): void;
  /** −1 when no paper is hovered any more. */
  onHover(index: number): void;
  /**
   * The reader moved the map, by hand or through `zoomBy`, `fit`, `reveal`, `show`.
   * Not called for moves caused by the scene, the insets or a resize.
   */
  onViewport(viewport: Viewport): void;
  /** Whether `show(offered)` would move the map. Called when this changes while the map is idle; false at first. */
  onOffer?(canShow: boolean): void;
  /** The first frame after `update` with new positions in which they no longer move. */
  onDrawn?(): void;
}

/** Framework-free. Created in an element, which it fills and whose content it owns. */
export interface MapPlot {
  update(scene: MapScene): void;
  zoomBy(factor: number): void;
  /** Shows everything. */
  fit(): void;
  /**
   * Moves a point to the centre of the visible part of the map, unless it is visible there already. The arrow keys go on
   * from it.
   */
  reveal(index: number): void;
  /** Flies to where all these rows are visible, unless they are already; rows without a position are skipped. */
  show(rows: ArrayLike<number>): void;
  /** What was at the centre of the visible part stays there. */
  setInsets(insets: Insets): void;
  /** The size of the controls over the lower right corner of the visible part: labels avoid it. */
  setCorner(corner: Size): void;
  focus(): void;
  destroy(): void;
}
