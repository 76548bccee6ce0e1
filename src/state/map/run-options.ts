import { AppError } from '../../core/errors';
import type { Positions } from '../../core/layout/layout';
import type { Distortion } from '../../core/layout/distortion';
import type { Paper } from '../../core/paper/paper';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Engine } from '../../engine/engine';
import type { PauseGate } from '../../engine/pause-gate';
import type { Precision } from '../../engine/protocol';
import type { StoredSettings, StoreFacets } from '../../storage/store';
import { explain } from '../page/explain';
import type { Jobs } from '../page/jobs.svelte';
import type { Notices } from '../page/notices.svelte';

/** A layout as the map shows it: row i of `positions` belongs to paper i. */
export interface MapLayout {
  papers: readonly Paper[];
  positions: Positions;
  kind: 'provisional' | 'neural';
  motion: 'glide' | 'follow' | 'none';
  /** The finished neural layout, as opposed to one that is still being optimised or lacks places of new papers. */
  isFinal: boolean;
}

/** What the map pipeline works with, the same for every run. */
export interface Dependencies {
  engine: Engine;
  store: Pick<StoreFacets, 'vectors' | 'layouts'>;
  jobs: Jobs;
  notices: Notices;
  /** Names the vectors of the models that this build ships. */
  vectorKeyFor: (precision: Precision) => string;
}

/** One run of the map pipeline. */
export interface RunOptions {
  choice: StoredSettings['engine'];
  /** `cache` needs no engine when everything is cached; `engine` prepares it all the same, as after a new choice of it. */
  trust: 'cache' | 'engine';
  /** `grow` moves no paper that has a position; `again` lays all out again, registered onto the positions they have. */
  mode: 'grow' | 'again';
  gate: PauseGate;
  signal: AbortSignal;
  /** Called when the reader stops this run. */
  cancel: () => void;
  show(layout: MapLayout): void;
  /** Neighbours are known, from vectors of this key. */
  connect(graph: NeighbourGraph, vectorKey: string): void;
  /** Papers were placed incrementally; called once the final layout is shown. */
  distorted(distortion: Distortion): void;
}

/** Derived data that cannot be saved costs time at the next visit, not at this one: reports that and goes on. */
export async function saveDerived({ notices }: Dependencies, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    notices.show({
      subject: 'store',
      kind: 'failure',
      text: `${explain(error)} The map works, but part of it will have to be computed again next time.`,
      action: null,
    });
  }
}
