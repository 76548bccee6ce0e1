import type { Positions } from '../../core/layout/layout';
import type { Viewport } from '../../core/layout/viewport';

/** The part of the layout that fills the map at zoom 1. */
export interface Frame {
  /** Layout units: drawn at the centre of the map. */
  centreX: number;
  centreY: number;
  /** Layout units from edge to edge. */
  spanX: number;
  spanY: number;
}

export interface Size {
  widthPx: number;
  heightPx: number;
}

/** d3-zoom's numbers: screen = k × fitted + (x, y). */
export interface Transform {
  k: number;
  x: number;
  y: number;
}

/** Layout units to screen px: screen = scale × layout + (x, y). */
export interface Projection {
  scale: number;
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

/** The bounding box of all finite positions, or of those of some rows; null when there are none. */
export function frameOf(positions: Positions, rows: ArrayLike<number> | null = null): Frame | null {
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  const include = (row: number) => {
    const x = positions[2 * row] ?? NaN;
    const y = positions[2 * row + 1] ?? NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  };
  if (rows === null) for (let row = 0; 2 * row + 1 < positions.length; row++) include(row);
  else for (let i = 0; i < rows.length; i++) include(rows[i] ?? -1);
  if (left > right) return null;
  return {
    centreX: (left + right) / 2,
    centreY: (top + bottom) / 2,
    spanX: right - left,
    spanY: bottom - top,
  };
}

/** Whether all of `inner` lies in `outer` enlarged by `slack` of its span. */
export function contains(outer: Frame, inner: Frame, slack: number): boolean {
  const reach = (side: number, span: number) => side + span / 2;
  return (
    reach(Math.abs(inner.centreX - outer.centreX), inner.spanX) <= (outer.spanX / 2) * (1 + slack) &&
    reach(Math.abs(inner.centreY - outer.centreY), inner.spanY) <= (outer.spanY / 2) * (1 + slack)
  );
}

export function blend(from: Frame, to: Frame, t: number): Frame {
  const mix = (a: number, b: number) => a + (b - a) * t;
  return {
    centreX: mix(from.centreX, to.centreX),
    centreY: mix(from.centreY, to.centreY),
    spanX: mix(from.spanX, to.spanX),
    spanY: mix(from.spanY, to.spanY),
  };
}

/** The margin round the fitted layout, px: room for labels. */
function marginPx(size: Size): number {
  return Math.max(24, Math.min(72, 0.08 * Math.min(size.widthPx, size.heightPx)));
}

/** Layout units to px at zoom 1. A layout without extent, as one point has, is drawn as if it were one unit wide. */
export function pxPerUnit(frame: Frame, size: Size): number {
  const margin = marginPx(size);
  const width = Math.max(1, size.widthPx - 2 * margin);
  const height = Math.max(1, size.heightPx - 2 * margin);
  const perUnit = Math.min(width / frame.spanX, height / frame.spanY);
  return Number.isFinite(perUnit) ? perUnit : Math.min(width, height);
}

export function project(frame: Frame, size: Size, transform: Transform): Projection {
  const perUnit = pxPerUnit(frame, size);
  return {
    scale: transform.k * perUnit,
    x: transform.x + transform.k * (size.widthPx / 2 - frame.centreX * perUnit),
    y: transform.y + transform.k * (size.heightPx / 2 - frame.centreY * perUnit),
  };
}

/** The room that panels over the map take, px from its edges. */
export interface Insets {
  rightPx: number;
  bottomPx: number;
}

/** The part of the map that no panel covers; at least a third of each side, or nothing could be centred. */
export function visibleSize(size: Size, insets: Insets): Size {
  return {
    widthPx: Math.max(size.widthPx / 3, size.widthPx - insets.rightPx),
    heightPx: Math.max(size.heightPx / 3, size.heightPx - insets.bottomPx),
  };
}

export function visibleCentre(size: Size, insets: Insets): Point {
  const visible = visibleSize(size, insets);
  return { x: visible.widthPx / 2, y: visible.heightPx / 2 };
}

export function viewportOf(frame: Frame, size: Size, insets: Insets, transform: Transform): Viewport {
  const projection = project(frame, size, transform);
  const centre = visibleCentre(size, insets);
  return {
    centreX: (centre.x - projection.x) / projection.scale,
    centreY: (centre.y - projection.y) / projection.scale,
    scale: transform.k,
  };
}

/** The inverse of `viewportOf`. */
export function transformOf(frame: Frame, size: Size, insets: Insets, viewport: Viewport): Transform {
  const perUnit = pxPerUnit(frame, size);
  const centre = visibleCentre(size, insets);
  const k = viewport.scale;
  return {
    k,
    x: centre.x - k * (size.widthPx / 2 + (viewport.centreX - frame.centreX) * perUnit),
    y: centre.y - k * (size.heightPx / 2 + (viewport.centreY - frame.centreY) * perUnit),
  };
}

/** The viewport that shows the whole layout in the visible part of the map. */
export function fittedViewport(frame: Frame, size: Size, insets: Insets): Viewport {
  const visible = visibleSize(size, insets);
  const scale = Math.min(1, pxPerUnit(frame, visible) / pxPerUnit(frame, size));
  return { centreX: frame.centreX, centreY: frame.centreY, scale };
}

/** The viewport that fills the visible part of the map with a part of the layout, zoomed in to `closest` at most. */
export function framingViewport(
  part: Frame,
  frame: Frame,
  size: Size,
  insets: Insets,
  closest: number,
): Viewport {
  const visible = visibleSize(size, insets);
  const margin = marginPx(visible);
  const perUnit = Math.min(
    Math.max(1, visible.widthPx - 2 * margin) / part.spanX,
    Math.max(1, visible.heightPx - 2 * margin) / part.spanY,
  );
  const scale = Math.min(closest, perUnit / pxPerUnit(frame, size));
  return { centreX: part.centreX, centreY: part.centreY, scale };
}

/** A part counts as framed from this share of the scale at which `framingViewport` shows it. */
const minScaleShare = 0.6;
/** A point closer to the edge than this is hard to see. */
const edgePx = 8;
/** The maximum distance of the centre of a framed part from that of the visible part, as a share of its size. */
const maxOffsetShare = 0.25;

/** Whether all of a part of the layout is visible, about where and as large as `framingViewport` would show it. */
export function isFramed(
  part: Frame,
  viewport: Viewport,
  frame: Frame,
  size: Size,
  insets: Insets,
  closest: number,
): boolean {
  const { scale, x, y } = project(frame, size, transformOf(frame, size, insets, viewport));
  const visible = visibleSize(size, insets);
  const isWithin = (centre: number, span: number, roomPx: number) =>
    centre - span / 2 >= edgePx &&
    centre + span / 2 <= roomPx - edgePx &&
    Math.abs(centre - roomPx / 2) <= maxOffsetShare * roomPx;
  return (
    isWithin(part.centreX * scale + x, part.spanX * scale, visible.widthPx) &&
    isWithin(part.centreY * scale + y, part.spanY * scale, visible.heightPx) &&
    viewport.scale >= minScaleShare * framingViewport(part, frame, size, insets, closest).scale
  );
}

/** The zoom at which a few papers of n are shown: about thirty of an evenly filled map would be in view. */
export function closestScale(n: number): number {
  return Math.max(2.5, Math.min(32, Math.sqrt(n / 30)));
}

/** The same view as a viewport of another frame: only the zoom depends on the frame. */
export function reframed(viewport: Viewport, from: Frame, to: Frame, size: Size): Viewport {
  return { ...viewport, scale: viewport.scale * (pxPerUnit(from, size) / pxPerUnit(to, size)) };
}

/** Equal up to the rounding of an address. */
export function isSameViewport(a: Viewport, b: Viewport, frame: Frame): boolean {
  const tolerance = (1e-3 * Math.max(frame.spanX, frame.spanY, 1e-6)) / Math.max(a.scale, 1e-6);
  return (
    Math.abs(a.centreX - b.centreX) <= tolerance &&
    Math.abs(a.centreY - b.centreY) <= tolerance &&
    Math.abs(a.scale - b.scale) <= 1e-3 * a.scale
  );
}
