import { AppError } from '../../core/errors';
import type { Positions } from '../../core/layout/layout';
import type { Strain } from '../../core/layout/distortion';
import type { Paper } from '../../core/paper/paper';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Engine } from '../../engine/engine';
import type { PauseGate } from '../../engine/pause-gate';
import type { Precision } from '../../engine/protocol';
import type { Store, StoredSettings } from '../../storage/store';
import { explain } from '../page/explain';
import type { Jobs } from '../page/jobs.svelte';
import type { Notices } from '../page/notices.svelte';

/** A layout as the map shows it: row i of `positions` is the place of paper i. */
export interface Chart {
  papers: readonly Paper[];
  positions: Positions;
  kind: 'provisional' | 'neural';
  motion: 'glide' | 'follow' | 'none';
  /** The finished neural layout, as opposed to one that still settles or waits for places of new papers. */
  isFinal: boolean;
}

/** What charting works with, the same for every run. */
export interface Tools {
  engine: Engine;
  store: Store;
  jobs: Jobs;
  notices: Notices;
  /** Names the vectors of the models that this build ships. */
  vectorKeyFor: (precision: Precision) => string;
}

/** One run of charting. */
export interface Course {
  choice: StoredSettings['engine'];
  /** `kept` asks nothing of the engine when all is kept; `engine` wants it proved, as after a new choice of it. */
  trust: 'kept' | 'engine';
  /** `grow` moves no paper that has its place; `anew` lays all out again, registered onto the places they have. */
  layout: 'grow' | 'anew';
  gate: PauseGate;
  signal: AbortSignal;
  /** Ends this run at the reader's wish. */
  cancel: () => void;
  show(chart: Chart): void;
  /** Neighbours are known, from vectors of this key. */
  connect(graph: NeighbourGraph, vectorKey: string): void;
  /** The map has grown; told once its final places are shown. */
  strained(strain: Strain): void;
}

/** Derived data that cannot be kept costs time at the next visit, not this one: say so and go on. */
export async function keep({ notices }: Tools, write: () => Promise<void>): Promise<void> {
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
