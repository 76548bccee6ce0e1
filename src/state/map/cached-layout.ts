import type { Positions } from '../../core/layout/layout';
import type { Precision } from '../../engine/protocol';
import type { StoredLayout } from '../../storage/store';
import type { Dependencies } from './run-options';

/** The newest neural layout, in the order of the present papers. */
export interface CachedLayout {
  layout: StoredLayout;
  vectorKey: string;
  precision: Precision;
  /** Row i is paper i of the present ones; NaN where the layout has no position. */
  positions: Positions;
  placed: number;
}

/** Null when there is none, or none of a model that this build ships. */
export async function cachedLayout(
  deps: Dependencies,
  textHashes: readonly string[],
): Promise<CachedLayout | null> {
  const layout = await deps.store.layouts.loadNewestLayout('neural');
  if (!layout) return null;
  const precision = (['int8', 'fp32'] as const).find((each) =>
    layout.key.startsWith(deps.vectorKeyFor(each)),
  );
  if (precision === undefined) return null;
  const vectorKey = deps.vectorKeyFor(precision);
  const positions = positionsFor(textHashes, layout);
  let placed = 0;
  for (let row = 0; row < textHashes.length; row++) if (Number.isFinite(positions[2 * row])) placed++;
  return { layout, vectorKey, precision, positions, placed };
}

/** The positions of these texts in `layout`, NaN for those that it lacks. */
function positionsFor(textHashes: readonly string[], layout: StoredLayout): Positions {
  const rowOf = new Map(layout.textHashes.map((hash, row) => [hash, row]));
  const positions = new Float32Array(2 * textHashes.length).fill(NaN);
  for (const [row, hash] of textHashes.entries()) {
    const from = rowOf.get(hash);
    if (from === undefined) continue;
    positions.set(layout.positions.subarray(2 * from, 2 * from + 2), 2 * row);
  }
  return positions;
}

/** Without the rows that have no position, so that they are tried again next time. */
export function placedRows(layout: StoredLayout): StoredLayout {
  const rows = layout.textHashes
    .map((_, row) => row)
    .filter((row) => Number.isFinite(layout.positions[2 * row]));
  const positions = new Float32Array(2 * rows.length);
  for (const [to, from] of rows.entries()) {
    positions.set(layout.positions.subarray(2 * from, 2 * from + 2), 2 * to);
  }
  return { ...layout, positions, textHashes: rows.map((row) => layout.textHashes[row] ?? '') };
}
