/**
 * Pixels into which discs are written directly. On a canvas without a GPU this is more than ten times as fast as
 * drawImage, arcs or rects (20,000 points: 5 ms against 50–80 ms), and every disc is antialiased at quarter pixels.
 */
export interface Raster {
  /** 0xAABBGGRR words, row by row, with `padPx` spare pixels on every side so that no disc needs clipping. */
  words: Uint32Array<ArrayBuffer>;
  widthPx: number;
  heightPx: number;
  padPx: number;
}

/** One disc at each quarter-pixel phase, as offsets from its centre of the words that it changes. */
export interface Stamp {
  solidOffsets: Int32Array[];
  edgeOffsets: Int32Array[];
  edgeColours: Uint32Array[];
  /** 0…256. */
  edgeCover: Uint16Array[];
  /** The share of the disc, as opposed to the rim, in what is covered, 0…256. */
  edgeShares: Uint16Array[];
  solidColour: number;
  reachPx: number;
}

const phases = 4;

export function makeRaster(widthPx: number, heightPx: number, padPx: number): Raster {
  const words = new Uint32Array((widthPx + 2 * padPx) * (heightPx + 2 * padPx));
  return { words, widthPx, heightPx, padPx };
}

function mix(under: number, over: number, cover: number): number {
  const uncovered = 256 - cover;
  const odd = (Math.imul(under & 0xff00ff, uncovered) + Math.imul(over & 0xff00ff, cover)) >>> 8;
  const even = Math.imul((under >>> 8) & 0xff00ff, uncovered) + Math.imul((over >>> 8) & 0xff00ff, cover);
  return ((odd & 0xff00ff) | (even & 0xff00ff00)) >>> 0;
}

/** A disc of `colour` in a rim of `ground`, for rasters of one width. Radii in device px. */
export function makeStamp(
  radiusPx: number,
  rimPx: number,
  colour: number,
  ground: number,
  raster: Raster,
): Stamp {
  const stride = raster.widthPx + 2 * raster.padPx;
  const outer = radiusPx + rimPx;
  const reachPx = Math.min(raster.padPx, Math.ceil(outer + 1));
  const stamp: Stamp = {
    solidOffsets: [],
    edgeOffsets: [],
    edgeColours: [],
    edgeCover: [],
    edgeShares: [],
    solidColour: colour,
    reachPx,
  };
  for (let phase = 0; phase < phases * phases; phase++) {
    const centreX = ((phase % phases) + 0.5) / phases;
    const centreY = (Math.floor(phase / phases) + 0.5) / phases;
    const solid: number[] = [];
    const edge: number[] = [];
    const cover: number[] = [];
    const shares: number[] = [];
    for (let dy = -reachPx; dy <= reachPx; dy++) {
      for (let dx = -reachPx; dx <= reachPx; dx++) {
        const distance = Math.hypot(dx + 0.5 - centreX, dy + 0.5 - centreY);
        const whole = Math.round(256 * Math.max(0, Math.min(1, outer + 0.5 - distance)));
        const inner = Math.round(256 * Math.max(0, Math.min(1, radiusPx + 0.5 - distance)));
        if (whole === 0) continue;
        if (inner === 256) solid.push(dy * stride + dx);
        else {
          edge.push(dy * stride + dx);
          cover.push(whole);
          shares.push(Math.round((256 * Math.min(inner, whole)) / whole));
        }
      }
    }
    stamp.solidOffsets.push(Int32Array.from(solid));
    stamp.edgeOffsets.push(Int32Array.from(edge));
    stamp.edgeColours.push(Uint32Array.from(shares, (share) => mix(ground, colour, share)));
    stamp.edgeCover.push(Uint16Array.from(cover));
    stamp.edgeShares.push(Uint16Array.from(shares));
  }
  return stamp;
}

/** The same disc in another colour: a tenth of the work of a new one, which matters with one for each topic. */
export function recoloured(stamp: Stamp, colour: number, ground: number): Stamp {
  const edgeColours = stamp.edgeShares.map((shares) => {
    const colours = new Uint32Array(shares.length);
    for (let i = 0; i < shares.length; i++) colours[i] = mix(ground, colour, shares[i] ?? 0);
    return colours;
  });
  return { ...stamp, edgeColours, solidColour: colour };
}

/** Writes a disc centred at device px (x, y); does nothing when it lies outside or is NaN. */
export function press(raster: Raster, stamp: Stamp, x: number, y: number): void {
  const { words, padPx } = raster;
  const reach = stamp.reachPx;
  if (!(x > -reach && y > -reach && x < raster.widthPx + reach && y < raster.heightPx + reach)) return;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const phase = Math.floor((x - left) * phases) + phases * Math.floor((y - top) * phases);
  const solid = stamp.solidOffsets[phase];
  const edge = stamp.edgeOffsets[phase];
  const colours = stamp.edgeColours[phase];
  const cover = stamp.edgeCover[phase];
  if (solid === undefined || edge === undefined || colours === undefined || cover === undefined) return;
  const at = (top + padPx) * (raster.widthPx + 2 * padPx) + left + padPx;
  for (let i = 0; i < solid.length; i++) words[at + (solid[i] ?? 0)] = stamp.solidColour;
  for (let i = 0; i < edge.length; i++) {
    const pixel = at + (edge[i] ?? 0);
    words[pixel] = mix(words[pixel] ?? 0, colours[i] ?? 0, cover[i] ?? 0);
  }
}
