import type { NeighbourGraph } from '../../vector/neighbours';

/** Relevance is shared with so many of the nearest papers; with more of them it blurs. */
const nearest = 5;

/** The few nearest papers of each, by slot: slots × count, −1 where there is none. */
export interface NearNeighbours {
  count: number;
  slots: Int32Array<ArrayBuffer>;
  similarities: Float32Array<ArrayBuffer>;
}

/** Row i of the graph is the paper of `slotOfRow[i]`; −1 for papers that are no more. */
export function nearNeighbours(
  graph: NeighbourGraph,
  slotOfRow: ArrayLike<number>,
  capacity: number,
): NearNeighbours {
  const count = Math.min(nearest, graph.k);
  const slots = new Int32Array(capacity * count).fill(-1);
  const similarities = new Float32Array(capacity * count);
  for (let row = 0; row < graph.n; row++) {
    const slot = slotOfRow[row] ?? -1;
    if (slot < 0) continue;
    for (let rank = 0; rank < count; rank++) {
      const neighbour = graph.indices[row * graph.k + rank] ?? -1;
      slots[slot * count + rank] = neighbour < 0 ? -1 : (slotOfRow[neighbour] ?? -1);
      similarities[slot * count + rank] = graph.similarities[row * graph.k + rank] ?? 0;
    }
  }
  return { count, slots, similarities };
}

/** How many of a paper's nearest are in `among`, 0 to 1. */
export function companyOf(
  { count, slots }: NearNeighbours,
  slot: number,
  among: ReadonlySet<number>,
): number {
  let met = 0;
  for (let at = slot * count; at < (slot + 1) * count; at++) if (among.has(slots[at] ?? -1)) met++;
  return count === 0 ? 0 : met / count;
}

/** Papers that are no more are nobody's neighbours: the next ones of their slots are others. */
export function forgetNeighbours({ count, slots }: NearNeighbours, gone: readonly number[]): void {
  const isGone = new Uint8Array(slots.length / Math.max(1, count));
  for (const slot of gone) if (slot >= 0 && slot < isGone.length) isGone[slot] = 1;
  for (let at = 0; at < slots.length; at++) {
    const neighbour = slots[at] ?? -1;
    if (isGone[Math.floor(at / count)] === 1 || (neighbour >= 0 && isGone[neighbour] === 1)) slots[at] = -1;
  }
}
