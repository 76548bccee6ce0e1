import type { Paper } from '../../core/paper/paper';
import { INDEX_VERSION } from '../../core/search/index/lexical-index';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Searcher } from '../../engine/search/search-client';
import { dimensions } from '../../engine/vector-dimensions';
import type { Store } from '../../storage/store';
import { inSlices } from '../page/in-slices';

/** A change is kept once no other has come for so long. */
const restMs = 5_000;
/** 1.5 MB a message: copied in a millisecond. */
const rowsPerMessage = 1_000;

type SearchIndexWorker = Pick<
  Searcher,
  'start' | 'restore' | 'follow' | 'followAnnotations' | 'save' | 'setVectors' | 'setNeighbours'
>;

interface Meaning {
  papers: readonly Paper[];
  graph: NeighbourGraph;
  vectorKey: string;
}

/** Keeps the search worker in step: its index with the library, its vectors and neighbours with the map. */
export class SearchIndex {
  readonly #searcher: SearchIndexWorker;
  #store: Store | null = null;
  #following: Promise<unknown> = Promise.resolve();
  #isBegun = false;
  #meaning: Meaning | null = null;
  /** What the worker has: text hashes by paper, of vectors of one key. */
  #taught = new Map<string, string>();
  #taughtGraph: NeighbourGraph | null = null;
  #taughtKey = '';
  /** Workers that were replaced: what was begun with one is not done by the next. */
  #replaced = 0;
  #teaching: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(searcher: SearchIndexWorker) {
    this.#searcher = searcher;
  }

  open(store: Store): void {
    this.#store = store;
  }

  /** Brings the index up to the library, one library after the other. True when it was not. */
  follow(papers: readonly Paper[]): Promise<boolean> {
    return this.#afterOthers(() => this.#follow(papers));
  }

  /** Brings the index up to what is written about the papers in it. Most of what is written is no word, and costs nothing. */
  async followAnnotations(): Promise<void> {
    const isChanged = await this.#afterOthers(() => this.#searcher.followAnnotations());
    if (isChanged) this.#keepSoon();
  }

  /** One that failed is made up for by the next, which finds its papers still missing. */
  #afterOthers(follow: () => Promise<boolean>): Promise<boolean> {
    const followed = this.#following.catch(() => undefined).then(follow);
    this.#following = followed;
    return followed;
  }

  /** Row i of the graph is paper i. The vectors are read when they are first needed. */
  connect(papers: readonly Paper[], graph: NeighbourGraph, vectorKey: string): void {
    this.#meaning = { papers, graph, vectorKey };
  }

  /** The worker has been replaced: it is told again. */
  forget(): void {
    this.#replaced++;
    this.#taught.clear();
    this.#taughtGraph = null;
  }

  /** Once this resolves, a search with a vector compares it with those of all papers that have one. */
  async ready(): Promise<void> {
    while (this.#isBehind) {
      this.#teaching ??= this.#teach().finally(() => (this.#teaching = null));
      await this.#teaching;
    }
  }

  get #isBehind(): boolean {
    return this.#meaning !== null && this.#meaning.graph !== this.#taughtGraph;
  }

  async #follow(papers: readonly Paper[]): Promise<boolean> {
    let isRestored = false;
    if (!this.#isBegun && this.#store !== null) {
      this.#isBegun = true;
      isRestored = await this.#restore(this.#store, papers);
    }
    let isChanged = true;
    try {
      isChanged = await this.#searcher.follow(papers);
    } finally {
      // some may be gone also where the rest could not be followed
      if (isChanged) this.#forgetOthers(papers);
    }
    if (isChanged) this.#keepSoon();
    // whoever sought before the index was there has found nothing yet
    return isChanged || isRestored;
  }

  /** The vectors of papers that go are forgotten by the worker, and are told again if the papers come back. */
  #forgetOthers(papers: readonly Paper[]): void {
    const here = new Set(papers.map(({ id }) => id));
    for (const id of this.#taught.keys()) if (!here.has(id)) this.#taught.delete(id);
  }

  /** False when there was none. */
  async #restore(store: Store, papers: readonly Paper[]): Promise<boolean> {
    this.#searcher.start();
    // an index that cannot be read is built anew
    const saved = await store.loadSearchIndex().catch(() => null);
    if (saved?.version !== INDEX_VERSION) return false;
    await this.#searcher.restore(saved, papers);
    return true;
  }

  async #teach(): Promise<void> {
    const meaning = this.#meaning;
    if (meaning === null || this.#store === null) return;
    const { papers, graph, vectorKey } = meaning;
    // slots are given by the index
    await this.#following.catch(() => undefined);
    if (vectorKey !== this.#taughtKey) this.#taught.clear();
    this.#taughtKey = vectorKey;
    const news = papers.filter(({ id, textHash }) => this.#taught.get(id) !== textHash);
    const replaced = this.#replaced;
    if (news.length > 0) await this.#teachVectors(news, vectorKey, this.#store);
    if (replaced !== this.#replaced) return;
    await this.#searcher.setNeighbours(
      papers.map(({ id }) => id),
      graph,
    );
    if (replaced === this.#replaced) this.#taughtGraph = graph;
  }

  async #teachVectors(papers: readonly Paper[], vectorKey: string, store: Store): Promise<void> {
    const vectors = await store.loadVectors(
      vectorKey,
      dimensions,
      papers.map(({ textHash }) => textHash),
    );
    const known = papers.filter(({ textHash }) => vectors.has(textHash));
    const hashes = new Map(known.map(({ id, textHash }) => [id, textHash]));
    const replaced = this.#replaced;
    const messages = await inSlices(packed(known, vectors));
    for (const { part, rows } of messages) {
      const taken = await this.#searcher.setVectors(
        part.map(({ id }) => id),
        rows,
      );
      // the one that took it may be no more; whoever waits for it has it told again
      if (replaced !== this.#replaced) return;
      for (const id of taken) this.#taught.set(id, hashes.get(id) ?? '');
    }
  }

  #keepSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), restMs);
  }

  async #keep(): Promise<void> {
    try {
      const saved = await this.#searcher.save();
      await this.#store?.putSearchIndex({ version: INDEX_VERSION, ...saved });
    } catch {
      // an index that is not kept is built again at the next visit, in seconds and off the page
    }
  }
}

function* packed(
  papers: readonly Paper[],
  vectors: ReadonlyMap<string, Float32Array>,
): Generator<void, { part: readonly Paper[]; rows: Float32Array<ArrayBuffer> }[]> {
  const messages = [];
  for (let from = 0; from < papers.length; from += rowsPerMessage) {
    const part = papers.slice(from, from + rowsPerMessage);
    const rows = new Float32Array(part.length * dimensions);
    for (const [row, { textHash }] of part.entries()) {
      const vector = vectors.get(textHash);
      if (vector !== undefined) rows.set(vector, row * dimensions);
    }
    messages.push({ part, rows });
    yield;
  }
  return messages;
}
