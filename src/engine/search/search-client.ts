import { AppError } from '../../core/errors';
import type { Annotation } from '../../core/annotation/annotation';
import type { Paper } from '../../core/paper/paper';
import type { PostingSegment } from '../../core/search/index/posting-segment';
import type { Ranking, SearchRequest } from '../../core/search/ranking/ranker';
import {
  annotationText,
  searchableText,
  stampOf,
  type AnnotationText,
} from '../../core/search/index/searchable-text';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { SearchCalls } from '../protocol';
import { WorkerClient, type WorkerPort } from '../rpc/rpc-client';
import searchWorkerUrl from './search.worker.ts?worker&url';
import { SlotTable } from './slot-table';
import { workerAt } from '../rpc/spawn';
import { yieldToMessages } from '../rpc/yield-to-messages';

/** Texts in one message: they are indexed in about a hundred milliseconds, and a search waits no longer. */
const textsPerCall = 500;

/** Papers that are compared with the index between two pauses of the page: about ten milliseconds. */
const papersPerSlice = 4_000;

/** An index as it is saved: `ids` and `stamps` by slot, '' for a free one. */
export interface SavedIndex {
  ids: string[];
  stamps: string[];
  segment: PostingSegment;
}

export interface SearchClientOptions {
  spawn?: () => WorkerPort;
  /** The reader's annotations by the id of the paper; a new map whenever they change. */
  annotations?: () => ReadonlyMap<string, Annotation>;
  /** A worker was lost; its successor has no vectors and no neighbours yet. */
  onVectorsLost?: () => void;
}

/** A paper and the reader's words about it, as they are in the index. */
interface IndexedPaper {
  paper: Paper;
  words: AnnotationText;
}

/**
 * The page's side of the search worker, and the slot of each paper in it. Follows the library: papers that come are
 * indexed, and papers that go are removed. A worker that is lost is replaced, and all papers are sent again.
 */
export class SearchClient {
  readonly #client: WorkerClient<SearchCalls>;
  readonly #onVectorsLost: () => void;
  readonly #annotations: () => ReadonlyMap<string, Annotation>;
  readonly #slots = new SlotTable();
  /** The papers in the index, by id. */
  readonly #papers = new Map<string, IndexedPaper>();
  /** Papers that the worker is removing: whatever is sent for their slots from now on would reach the next papers there. */
  readonly #beingRemoved = new Set<string>();
  /** Workers started so far, and the number of the last one that has the papers: the loss of an idle worker goes unnoticed. */
  #workersStarted = 0;
  #workerWithPapers = 1;
  #resending: Promise<void> | null = null;

  constructor({
    spawn = workerAt(searchWorkerUrl),
    annotations = () => new Map(),
    onVectorsLost = () => undefined,
  }: SearchClientOptions = {}) {
    this.#client = new WorkerClient<SearchCalls>(() => {
      this.#workersStarted++;
      return spawn();
    });
    this.#annotations = annotations;
    this.#onVectorsLost = onVectorsLost;
  }

  /** −1 for a paper that is not indexed. */
  slot(id: string): number {
    return this.#slots.slot(id);
  }

  /** '' for a free slot. */
  id(slot: number): string {
    return this.#slots.id(slot);
  }

  /** Starts the worker early, since that takes time. */
  start(): void {
    // A worker that cannot be started makes the first awaited call fail.
    this.#client.call('restore', { segment: null }).catch(() => undefined);
  }

  /** Replaces the worker once it is idle. Resolves when its successor has the papers; `onVectorsLost` was called then. */
  async replaceWorker(): Promise<void> {
    if (this.#workersStarted === 0) return;
    await this.#client.replaceWhenIdle();
    await this.#resend();
  }

  /**
   * Starts with a saved index, without the entries that are missing in `papers` or differ from them. Its arrays are
   * transferred to the worker. Call before anything else; `follow` then adds the other papers, and all papers when the
   * worker cannot read the index.
   */
  async restore({ ids, stamps, segment }: SavedIndex, papers: readonly Paper[]): Promise<void> {
    const byId = new Map(papers.map((paper) => [paper.id, paper]));
    const annotations = this.#annotations();
    const isStale = new Uint8Array(ids.length).fill(1);
    for (const [at, slot] of segment.slots.entries()) {
      if (at % papersPerSlice === papersPerSlice - 1) await yieldToMessages();
      const paper = byId.get(ids[slot] ?? '');
      if (paper === undefined) continue;
      const words = annotationText(annotations.get(paper.id));
      if (stampOf(paper, words) !== stamps[slot]) continue;
      isStale[slot] = 0;
      this.#papers.set(paper.id, { paper, words });
    }
    const stale = segment.slots.filter((slot) => isStale[slot] !== 0);
    this.#slots.restore(
      ids,
      [...ids.keys()].filter((slot) => isStale[slot] === 1),
    );
    const transfer = [segment.offsets, segment.rows, segment.starts, segment.positions].map(
      ({ buffer }) => buffer,
    );
    try {
      await this.#client.call('restore', { segment }, { transfer });
      if (stale.length > 0) await this.#client.call('remove', { slots: [...stale] });
    } catch {
      // An index can always be built again, and a broken worker fails when the papers are sent.
      this.#papers.clear();
      this.#slots.restore([], []);
      await this.#client.call('restore', { segment: null });
      this.#workerWithPapers = this.#workersStarted;
    }
  }

  /** Updates the index to these papers and their annotations, one call after the other. True when there was a change. */
  async follow(papers: readonly Paper[]): Promise<boolean> {
    const currentIds = new Set(papers.map(({ id }) => id));
    const changed = await this.#changedPapers(papers);
    const removed = [...this.#papers.keys()].filter((id) => !currentIds.has(id));
    if (changed.length === 0 && removed.length === 0) return false;
    await this.#withPapers(async () => {
      await this.#remove(removed);
      await this.#send(changed);
    });
    return true;
  }

  /**
   * Updates the annotations of the papers in the index. Must not run at the same time as `follow`. True when there was
   * a change.
   */
  async followAnnotations(): Promise<boolean> {
    const annotations = this.#annotations();
    const changed: IndexedPaper[] = [];
    for (const { paper, words: before } of this.#papers.values()) {
      const words = annotationText(annotations.get(paper.id));
      if (!isSame(before, words)) changed.push({ paper, words });
    }
    if (changed.length > 0) await this.#withPapers(() => this.#send(changed));
    return changed.length > 0;
  }

  /** Papers that were loaded again, as when another tab has changed the library, may be equal to those in the index. */
  async #changedPapers(papers: readonly Paper[]): Promise<IndexedPaper[]> {
    const annotations = this.#annotations();
    const changed: IndexedPaper[] = [];
    let compared = 0;
    for (const paper of papers) {
      const known = this.#papers.get(paper.id);
      const words = annotationText(annotations.get(paper.id));
      if (known?.paper === paper && isSame(known.words, words)) continue;
      const current = { paper, words };
      if (known === undefined || stampOf(known.paper, known.words) !== stampOf(paper, words))
        changed.push(current);
      else this.#papers.set(paper.id, current);
      if (++compared % papersPerSlice === 0) await yieldToMessages();
    }
    return changed;
  }

  /** An index of the papers that are indexed at this moment. */
  save(): Promise<SavedIndex> {
    return this.#withPapers(async () => {
      const ids = this.#slots.ids();
      const stamps = ids.map((id) => {
        const indexed = this.#papers.get(id);
        return indexed === undefined ? '' : stampOf(indexed.paper, indexed.words);
      });
      const { segment } = await this.#client.call('save', {});
      return { ids, stamps, segment };
    });
  }

  /**
   * `vectors` is ids × 384, L2-normalised, and transferred to the worker. Papers that are not indexed, or are removed
   * meanwhile, are left out: resolves to the ids of the others. Rejects with `worker-lost` when the worker was lost, after
   * `onVectorsLost`.
   */
  async setVectors(ids: readonly string[], vectors: Float32Array<ArrayBuffer>): Promise<string[]> {
    const slots = Int32Array.from(ids, (id) => this.#usableSlot(id));
    await this.#callOnce(() =>
      this.#client.call('setVectors', { slots, vectors }, { transfer: [vectors.buffer] }),
    );
    return ids.filter((id, at) => slots[at] !== -1 && slots[at] === this.#usableSlot(id));
  }

  /** Row i of the graph is the paper `ids[i]`. Rejects as `setVectors` does. */
  async setNeighbours(ids: readonly string[], graph: NeighbourGraph): Promise<void> {
    const slotOfRow = Int32Array.from(ids, (id) => this.#usableSlot(id));
    await this.#callOnce(() => this.#client.call('setNeighbours', { graph, slotOfRow }));
  }

  search(request: SearchRequest): Promise<Ranking> {
    return this.#withPapers(() => this.#client.call('search', request));
  }

  /** −1 for a paper that is not indexed or is being removed. */
  #usableSlot(id: string): number {
    return this.#beingRemoved.has(id) ? -1 : this.slot(id);
  }

  async #remove(ids: readonly string[]): Promise<void> {
    const indexed = ids.filter((id) => this.slot(id) >= 0);
    if (indexed.length === 0) return;
    for (const id of indexed) this.#beingRemoved.add(id);
    try {
      await this.#client.call('remove', { slots: indexed.map((id) => this.#slots.slot(id)) });
    } finally {
      for (const id of indexed) this.#beingRemoved.delete(id);
    }
    for (const id of indexed) {
      this.#papers.delete(id);
      this.#slots.free(id);
    }
  }

  async #send(papers: readonly IndexedPaper[]): Promise<void> {
    for (let from = 0; from < papers.length; from += textsPerCall) {
      const part = papers.slice(from, from + textsPerCall);
      const texts = part.map(({ paper, words }) => searchableText(paper, this.#slots.take(paper.id), words));
      await this.#client.call('add', { texts });
      for (const indexed of part) this.#papers.set(indexed.paper.id, indexed);
    }
  }

  /** Runs a call on a worker that has the papers: one that was lost is replaced, and gets them first. */
  async #withPapers<Result>(call: () => Promise<Result>): Promise<Result> {
    const attempt = await this.#attempt(call);
    return attempt === null ? call() : attempt.result;
  }

  /** For calls that cannot be repeated, or would be out of date. */
  async #callOnce(call: () => Promise<unknown>): Promise<void> {
    if ((await this.#attempt(call)) === null) {
      throw new AppError('worker-lost', 'A worker was lost: it no longer knows the library.');
    }
  }

  /** Null when the worker was lost, or had no papers because the one before was lost; its successor then has them. */
  async #attempt<Result>(call: () => Promise<Result>): Promise<{ result: Result } | null> {
    try {
      const result = await call();
      if (this.#workerWithPapers === this.#workersStarted) return { result };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'worker-lost') throw error;
    }
    await this.#resend();
    return null;
  }

  #resend(): Promise<void> {
    this.#resending ??= this.#resendAll().finally(() => (this.#resending = null));
    return this.#resending;
  }

  async #resendAll(): Promise<void> {
    await this.#client.call('restore', { segment: null });
    const worker = this.#workersStarted;
    await this.#send([...this.#papers.values()]);
    this.#workerWithPapers = worker;
    this.#onVectorsLost();
  }
}

function isSame(a: AnnotationText, b: AnnotationText): boolean {
  return a.tags === b.tags && a.notes === b.notes;
}
