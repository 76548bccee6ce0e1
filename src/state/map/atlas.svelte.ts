import type { Positions } from '../../core/layout/layout';
import { isDistorted, type Distortion } from '../../core/layout/distortion';
import type { Paper } from '../../core/paper/paper';
import { relatedRows, reverseNeighbours } from '../../core/search/ranking/related';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Engine } from '../../engine/engine';
import { PauseGate } from '../../engine/pause-gate';
import type { Precision } from '../../engine/protocol';
import type { StoredLayout, StoreFacets } from '../../storage/store';
import type { MapLayout, RunOptions } from './run-options';
import { runMapPipeline } from './map-pipeline';
import { explain } from '../page/explain';
import type { Jobs } from '../page/jobs.svelte';
import type { Notices } from '../page/notices.svelte';
import type { Settings } from '../page/settings.svelte';
import type { FinishedMap } from './topics.svelte';

export interface Related {
  paper: Paper;
  /** Cosine, −1 to 1. */
  similarity: number;
  /** Papers that are among the nearest of both, nearest to the first one first. */
  shared: Paper[];
}

interface Deps {
  engine: Engine;
  store: Pick<StoreFacets, 'vectors' | 'layouts'>;
  jobs: Jobs;
  notices: Notices;
  settings: Settings;
  vectorKeyFor: (precision: Precision) => string;
  /** Neighbours are known, from vectors of this key; row i of `graph` is paper i. */
  onNeighbours: (papers: readonly Paper[], graph: NeighbourGraph, vectorKey: string) => void;
}

interface Connections {
  /** Row i of `neighbours` is paper i. */
  papers: readonly Paper[];
  neighbours: NeighbourGraph;
  vectorKey: string;
}

const noLayout: MapLayout = {
  papers: [],
  positions: new Float32Array(),
  kind: 'provisional',
  motion: 'none',
  isFinal: false,
};

/** The map as far as it is known, and the neighbours behind it. */
export class Atlas {
  readonly #deps: Deps;
  #layout = $state.raw<MapLayout>(noLayout);
  /** The same array while a layout is optimised, whose frames are layouts of their own. */
  #papers = $derived(this.#layout.papers);
  #graph = $state.raw<Connections | null>(null);
  #rowOf = $derived(new Map(this.#papers.map((paper, row) => [paper.id, row])));
  #reverse = $derived(this.#graph && reverseNeighbours(this.#graph.neighbours));
  #graphRowOf = $derived(new Map(this.#graph?.papers.map((paper, row) => [paper.id, row])));
  #run: AbortController | null = null;
  /** One for all runs: what the reader has paused stays paused when a file is added. */
  readonly #gate = new PauseGate();
  /** The papers of the last run. */
  #wanted: readonly Paper[] = [];
  /** The reader has chosen another engine, and no run has reached its end with it. */
  #isEngineDue = false;
  #isBuilding = $state(false);

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get papers(): readonly Paper[] {
    return this.#papers;
  }

  get positions(): Positions {
    return this.#layout.positions;
  }

  get layout(): MapLayout {
    return this.#layout;
  }

  get isBuilding(): boolean {
    return this.#isBuilding;
  }

  /** Whether neighbours are known yet. */
  get hasNeighbours(): boolean {
    return this.#graph !== null;
  }

  /** Key of the vectors behind the neighbours, null while there are none. */
  get vectorKey(): string | null {
    return this.#graph?.vectorKey ?? null;
  }

  /** How the vectors of this library are computed, null while there are none. */
  get precision(): Precision | null {
    const { vectorKeyFor } = this.#deps;
    return (['int8', 'fp32'] as const).find((each) => vectorKeyFor(each) === this.vectorKey) ?? null;
  }

  /** The map with its neighbours; null while its layout is not final. */
  get finishedMap(): FinishedMap | null {
    const graph = this.#graph;
    const { papers, positions, isFinal } = this.#layout;
    if (graph === null || !isFinal || graph.papers !== papers) return null;
    return { papers, positions, graph: graph.neighbours };
  }

  /** Row of a paper on the map, −1 when it is not there. */
  row(id: string | null): number {
    return id === null ? -1 : (this.#rowOf.get(id) ?? -1);
  }

  /** The papers nearest by meaning and by common neighbours, best first; empty while they are not known. */
  related(id: string, count: number): Related[] {
    const row = this.#graphRowOf.get(id);
    if (this.#graph === null || this.#reverse === null || row === undefined) return [];
    const { papers, neighbours } = this.#graph;
    const papersAt = (rows: readonly number[]) => rows.flatMap((at) => papers[at] ?? []);
    return relatedRows(neighbours, this.#reverse, row)
      .slice(0, count)
      .flatMap(({ row: other, similarity, shared }) =>
        papersAt([other]).map((paper) => ({ paper, similarity, shared: papersAt(shared) })),
      );
  }

  /**
   * Makes the map of these papers; those of hidden digests should be among them, so that they have a place when they are
   * shown again. A run for other papers is stopped; what it committed stays.
   */
  follow(papers: readonly Paper[]): Promise<void> {
    return this.#start(papers, 'grow');
  }

  /** Lays all papers out again, as near as possible to the places they have. Can be undone until the next time. */
  async layOutAgain(): Promise<void> {
    const { notices } = this.#deps;
    const before = await this.#deps.store.layouts.loadNewestLayout('neural').catch(() => null);
    await this.#start(this.#wanted, 'again');
    if (!before || !this.#layout.isFinal) return;
    notices.show({
      subject: 'layout',
      kind: 'fact',
      text: 'The map was laid out again.',
      action: { label: 'Undo', run: () => void this.#putBack(before) },
    });
  }

  /** Makes the map again with the engine that the settings name, even where everything is cached. */
  changeEngine(): Promise<void> {
    this.#isEngineDue = true;
    return this.#start(this.#wanted, 'grow');
  }

  async #putBack(layout: StoredLayout): Promise<void> {
    await this.#deps.store.layouts.saveLayout(layout);
    await this.follow(this.#wanted);
  }

  #offerNewLayout(distortion: Distortion): void {
    if (!isDistorted(distortion)) return;
    this.#deps.notices.show({
      subject: 'layout',
      kind: 'fact',
      text: `The map has grown: ${Math.round(100 * distortion.share)} % of the ${distortion.placedLater} papers added since it was laid out are far from their nearest papers. A new layout puts them near, and moves the others as little as it can.`,
      action: { label: 'Lay out again', run: () => void this.layOutAgain() },
    });
  }

  async #start(papers: readonly Paper[], mode: RunOptions['mode']): Promise<void> {
    this.#wanted = papers;
    this.#run?.abort();
    this.#deps.notices.dismiss('map');
    if (papers.length === 0) {
      this.#layout = noLayout;
      this.#graph = null;
      return;
    }
    const run = new AbortController();
    this.#run = run;
    this.#isBuilding = true;
    let isStoppedByReader = false;
    try {
      await runMapPipeline(papers, this.#deps, {
        choice: this.#deps.settings.engine,
        trust: this.#isEngineDue ? 'engine' : 'cache',
        mode,
        gate: this.#gate,
        signal: run.signal,
        cancel: () => {
          isStoppedByReader = true;
          run.abort();
        },
        show: (layout) => {
          if (!run.signal.aborted) this.#layout = layout;
        },
        connect: (neighbours, vectorKey) => {
          if (run.signal.aborted) return;
          this.#graph = { papers, neighbours, vectorKey };
          this.#deps.onNeighbours(papers, neighbours, vectorKey);
        },
        distorted: (distortion) => {
          if (!run.signal.aborted) this.#offerNewLayout(distortion);
        },
      });
      if (!run.signal.aborted) this.#isEngineDue = false;
    } catch (error) {
      if (run.signal.aborted && !isStoppedByReader) return;
      this.#deps.notices.show({
        subject: 'map',
        kind: isStoppedByReader ? 'fact' : 'failure',
        text: isStoppedByReader
          ? 'Stopped. What has been read so far is saved; the list, search and reader still work.'
          : `${explain(error)} The list, search and reader work; the map stays as it is.`,
        action: {
          label: isStoppedByReader ? 'Go on' : 'Try again',
          run: () => void this.#start(this.#wanted, mode),
        },
      });
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.#isBuilding = false;
        this.#deps.engine.release();
      }
    }
  }
}
