import { AppError } from '../../core/errors';
import type { Annotation } from '../../core/annotation/annotation';
import type { Paper } from '../../core/paper/paper';
import type { PostingSegment } from '../../core/search/index/posting-segment';
import type { Ranking, SearchRequest } from '../../core/search/ranking/ranker';
import { ownWords, searchableText, stampOf, type OwnWords } from '../../core/search/index/searchable-text';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { SearchCalls } from '../protocol';
import { WorkerClient, type WorkerPort } from '../rpc/rpc-client';
import searchWorkerUrl from './search.worker.ts?worker&url';
import { SlotTable } from './slot-table';
import { workerAt } from '../rpc/spawn';
import { yieldToMessages } from '../rpc/yield-to-messages';

/** Texts that one message carries: they are indexed in some hundred milliseconds, and a search waits no longer. */
const textsPerCall = 500;

/** Papers that are compared with what was indexed before the page has its turn: some ten milliseconds. */
const papersPerSlice = 4_000;

/** An index as it can be kept: `ids` and `stamps` by slot, '' for a free one. */
export interface SavedIndex {
  ids: string[];
  stamps: string[];
  segment: PostingSegment;
}

export interface SearcherOptions {
  spawn?: () => WorkerPort;
  /** What the reader wrote, by the id of the paper; another map whenever it differs. */
  annotations?: () => ReadonlyMap<string, Annotation>;
  /** A worker died, and the one after it knows no vectors and no neighbours yet. */
  onForgotten?: () => void;
}

/** A paper and what the reader wrote about it, as the worker knows them. */
interface Told {
  paper: Paper;
  words: OwnWords;
}

/**
 * The search worker, and which paper has which slot in it. Follows the library: what it is told of is indexed, and
 * what it is not told of any more goes. A worker that dies is replaced and told everything again.
 */
export class Searcher {
  readonly #client: WorkerClient<SearchCalls>;
  readonly #onForgotten: () => void;
  readonly #annotations: () => ReadonlyMap<string, Annotation>;
  readonly #slots = new SlotTable();
  /** What the worker has been told of. */
  readonly #papers = new Map<string, Told>();
  /** The worker is being told that they are gone: what it hears of their slots from now on would be the next papers'. */
  readonly #leaving = new Set<string>();
  /** Workers so far, and the last of them that knows these papers: one that is idle dies unnoticed. */
  #spawned = 0;
  #told = 1;
  #telling: Promise<void> | null = null;

  constructor({
    spawn = workerAt(searchWorkerUrl),
    annotations = () => new Map(),
    onForgotten = () => undefined,
  }: SearcherOptions = {}) {
    this.#client = new WorkerClient<SearchCalls>(() => {
      this.#spawned++;
      return spawn();
    });
    this.#annotations = annotations;
    this.#onForgotten = onForgotten;
  }

  /** −1 for a paper that is not indexed. */
  slot(id: string): number {
    return this.#slots.slot(id);
  }

  /** '' for a free slot. */
  id(slot: number): string {
    return this.#slots.id(slot);
  }

  /** Starts the worker, which takes its time, while something else is waited for. */
  start(): void {
    // a worker that cannot be started is found out by the first call that is waited for
    this.#client.call('restore', { segment: null }).catch(() => undefined);
  }

  /**
   * Begins with an index that was saved, as far as it knows these papers as they are. Its arrays go to the worker.
   * Call before anything else. The papers that it does not know are for `follow` to bring, and all of them are when
   * the worker cannot take it.
   */
  async restore({ ids, stamps, segment }: SavedIndex, papers: readonly Paper[]): Promise<void> {
    const byId = new Map(papers.map((paper) => [paper.id, paper]));
    const annotations = this.#annotations();
    const isStale = new Uint8Array(ids.length).fill(1);
    for (const [at, slot] of segment.slots.entries()) {
      if (at % papersPerSlice === papersPerSlice - 1) await yieldToMessages();
      const paper = byId.get(ids[slot] ?? '');
      if (paper === undefined) continue;
      const words = ownWords(annotations.get(paper.id));
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
      // an index can always be made again, and whatever ails the worker shows when it is told of the papers
      this.#papers.clear();
      this.#slots.restore([], []);
      await this.#client.call('restore', { segment: null });
      this.#told = this.#spawned;
    }
  }

  /** Brings the index up to these papers and what is written about them, one call after the other. True when anything was to be done. */
  async follow(papers: readonly Paper[]): Promise<boolean> {
    const here = new Set(papers.map(({ id }) => id));
    const changed = await this.#changedOf(papers);
    const gone = [...this.#papers.keys()].filter((id) => !here.has(id));
    if (changed.length === 0 && gone.length === 0) return false;
    await this.#retelling(async () => {
      await this.#drop(gone);
      await this.#tell(changed);
    });
    return true;
  }

  /**
   * Brings the index up to what is written about the papers that it has. Not to be called beside `follow`. True when
   * anything was to be done.
   */
  async followAnnotations(): Promise<boolean> {
    const annotations = this.#annotations();
    const changed: Told[] = [];
    for (const { paper, words: before } of this.#papers.values()) {
      const words = ownWords(annotations.get(paper.id));
      if (!isSame(before, words)) changed.push({ paper, words });
    }
    if (changed.length > 0) await this.#retelling(() => this.#tell(changed));
    return changed.length > 0;
  }

  /** Papers that were read anew, as when another tab has changed the library, may say what they said before. */
  async #changedOf(papers: readonly Paper[]): Promise<Told[]> {
    const annotations = this.#annotations();
    const changed: Told[] = [];
    let compared = 0;
    for (const paper of papers) {
      const known = this.#papers.get(paper.id);
      const words = ownWords(annotations.get(paper.id));
      if (known?.paper === paper && isSame(known.words, words)) continue;
      const told = { paper, words };
      if (known === undefined || stampOf(known.paper, known.words) !== stampOf(paper, words))
        changed.push(told);
      else this.#papers.set(paper.id, told);
      if (++compared % papersPerSlice === 0) await yieldToMessages();
    }
    return changed;
  }

  /** Of the papers that are indexed by now. */
  save(): Promise<SavedIndex> {
    return this.#retelling(async () => {
      const ids = this.#slots.ids();
      const stamps = ids.map((id) => {
        const told = this.#papers.get(id);
        return told === undefined ? '' : stampOf(told.paper, told.words);
      });
      const { segment } = await this.#client.call('save', {});
      return { ids, stamps, segment };
    });
  }

  /**
   * `vectors` is ids × 384, L2-normalised, and goes to the worker. Papers that are not indexed, or go meanwhile, are left
   * out: resolves to the ids of the others. Rejects with `worker-lost` when the worker died, after `onForgotten`.
   */
  async setVectors(ids: readonly string[], vectors: Float32Array<ArrayBuffer>): Promise<string[]> {
    const slots = Int32Array.from(ids, (id) => this.#lastingSlot(id));
    await this.#onlyOnce(() =>
      this.#client.call('setVectors', { slots, vectors }, { transfer: [vectors.buffer] }),
    );
    return ids.filter((id, at) => slots[at] !== -1 && slots[at] === this.#lastingSlot(id));
  }

  /** Row i of the graph is the paper `ids[i]`. Rejects as `setVectors` does. */
  async setNeighbours(ids: readonly string[], graph: NeighbourGraph): Promise<void> {
    const slotOfRow = Int32Array.from(ids, (id) => this.#lastingSlot(id));
    await this.#onlyOnce(() => this.#client.call('setNeighbours', { graph, slotOfRow }));
  }

  search(request: SearchRequest): Promise<Ranking> {
    return this.#retelling(() => this.#client.call('search', request));
  }

  /** −1 for a paper that is not indexed, or is about to go. */
  #lastingSlot(id: string): number {
    return this.#leaving.has(id) ? -1 : this.slot(id);
  }

  async #drop(ids: readonly string[]): Promise<void> {
    const known = ids.filter((id) => this.slot(id) >= 0);
    if (known.length === 0) return;
    for (const id of known) this.#leaving.add(id);
    try {
      await this.#client.call('remove', { slots: known.map((id) => this.#slots.slot(id)) });
    } finally {
      for (const id of known) this.#leaving.delete(id);
    }
    for (const id of known) {
      this.#papers.delete(id);
      this.#slots.free(id);
    }
  }

  async #tell(papers: readonly Told[]): Promise<void> {
    for (let from = 0; from < papers.length; from += textsPerCall) {
      const part = papers.slice(from, from + textsPerCall);
      const texts = part.map(({ paper, words }) => searchableText(paper, this.#slots.take(paper.id), words));
      await this.#client.call('add', { texts });
      for (const told of part) this.#papers.set(told.paper.id, told);
    }
  }

  /** What a worker answers that knows the papers: one that died is replaced and told of them first. */
  async #retelling<Result>(ask: () => Promise<Result>): Promise<Result> {
    const asked = await this.#asked(ask);
    return asked === null ? ask() : asked.result;
  }

  /** For what cannot be asked twice, or would be out of date. */
  async #onlyOnce(ask: () => Promise<unknown>): Promise<void> {
    if ((await this.#asked(ask)) === null) {
      throw new AppError('worker-lost', 'A worker was lost: it no longer knows the library.');
    }
  }

  /** Null when the worker died, or knew nothing as the one before had died; then the next one has been told. */
  async #asked<Result>(ask: () => Promise<Result>): Promise<{ result: Result } | null> {
    try {
      const result = await ask();
      if (this.#told === this.#spawned) return { result };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'worker-lost') throw error;
    }
    this.#telling ??= this.#tellAgain().finally(() => (this.#telling = null));
    await this.#telling;
    return null;
  }

  async #tellAgain(): Promise<void> {
    await this.#client.call('restore', { segment: null });
    const worker = this.#spawned;
    await this.#tell([...this.#papers.values()]);
    this.#told = worker;
    this.#onForgotten();
  }
}

function isSame(a: OwnWords, b: OwnWords): boolean {
  return a.tags === b.tags && a.notes === b.notes;
}
