import type { NeighbourGraph } from '../../vector/neighbours';

/** How many of a paper's nearest neighbours are used in ranking; with more the results blur. */
const maxNeighbours = 5;

/** The few nearest papers of each paper, by slot: slots × count, −1 for no neighbour. */
export interface NearNeighbours {
  count: number;
  slots: Int32Array<ArrayBuffer>;
  similarities: Float32Array<ArrayBuffer>;
}

/** Row i of the graph is the paper of `slotOfRow[i]`, −1 for a removed paper. */
export function nearNeighbours(
  graph: NeighbourGraph,
  slotOfRow: ArrayLike<number>,
  capacity: number,
): NearNeighbours {
  const count = Math.min(maxNeighbours, graph.k);
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

/** The share of a paper's nearest neighbours that are in `among`, 0 to 1. */
export function neighbourOverlap(
  { count, slots }: NearNeighbours,
  slot: number,
  among: ReadonlySet<number>,
): number {
  let shared = 0;
  for (let at = slot * count; at < (slot + 1) * count; at++) if (among.has(slots[at] ?? -1)) shared++;
  return count === 0 ? 0 : shared / count;
}

/** Removes papers and their role as neighbours, since their slots will be reused for other papers. */
export function removeNeighbours({ count, slots }: NearNeighbours, removed: readonly number[]): void {
  const isRemoved = new Uint8Array(slots.length / Math.max(1, count));
  for (const slot of removed) if (slot >= 0 && slot < isRemoved.length) isRemoved[slot] = 1;
  for (let at = 0; at < slots.length; at++) {
    const neighbour = slots[at] ?? -1;
    if (isRemoved[Math.floor(at / count)] === 1 || (neighbour >= 0 && isRemoved[neighbour] === 1))
      slots[at] = -1;
  }
}
