import { SerialQueue } from '../../core/async/serial-queue';
import type { Paper } from '../../core/paper/paper';
import { indexVersion } from '../../core/search/index/lexical-index';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { SearchClient } from '../../engine/search/search-client';
import { dimensions } from '../../engine/model-constants';
import { yieldToMessages } from '../../engine/rpc/yield-to-messages';
import type { StoreFacets } from '../../storage/store';
import { runOnPage } from '../../engine/slices';

/** The index is saved when nothing has changed for this long. */
const idleMs = 5_000;
/** 1.5 MB a message: copied in a millisecond. */
const rowsPerMessage = 1_000;

type SearchIndexWorker = Pick<
  SearchClient,
  'start' | 'restore' | 'follow' | 'followAnnotations' | 'save' | 'setVectors' | 'setNeighbours'
>;

/** What a search by meaning needs. Row i of `graph` is paper i; the vectors are read when they are first needed. */
interface Semantics {
  papers: readonly Paper[];
  graph: NeighbourGraph;
  vectorKey: string;
}

/** Keeps the search worker up to date: its index with the library, its vectors and neighbours with the map. */
export class SearchIndexSync {
  readonly #client: SearchIndexWorker;
  readonly #store: Pick<StoreFacets, 'indexes' | 'vectors'>;
  /** Updates of the index, one after the other. After one that failed, the next finds its papers missing and adds them. */
  readonly #updates = new SerialQueue();
  #isStarted = false;
  #semantics: Semantics | null = null;
  /** The vectors that the worker has, all of one key: text hashes by paper. */
  #sentHashes = new Map<string, string>();
  #sentGraph: NeighbourGraph | null = null;
  #sentKey = '';
  /** How many workers were replaced: what was begun with one is not finished with the next. */
  #replaced = 0;
  #sending: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: SearchIndexWorker, store: Pick<StoreFacets, 'indexes' | 'vectors'>) {
    this.#client = client;
    this.#store = store;
  }

  /** Updates the index to the library. True when it was not up to date. */
  follow(papers: readonly Paper[]): Promise<boolean> {
    return this.#updates.run(() => this.#follow(papers));
  }

  /** Updates the index to what is written about the papers in it. Most edits change no word, and cost nothing. */
  async followAnnotations(): Promise<void> {
    const isChanged = await this.#updates.run(() => this.#client.followAnnotations());
    if (isChanged) this.#saveSoon();
  }

  /** Row i of the graph is paper i. */
  connect(papers: readonly Paper[], graph: NeighbourGraph, vectorKey: string): void {
    this.#semantics = { papers, graph, vectorKey };
  }

  /** The worker has been replaced: everything is sent to the new one. */
  forget(): void {
    this.#replaced++;
    this.#sentHashes.clear();
    this.#sentGraph = null;
  }

  /** Once this resolves, a search with a vector compares it with those of all papers that have one. */
  async ready(): Promise<void> {
    while (this.#isBehind) {
      this.#sending ??= this.#sendNeighbours().finally(() => (this.#sending = null));
      await this.#sending;
    }
  }

  get #isBehind(): boolean {
    return this.#semantics !== null && this.#semantics.graph !== this.#sentGraph;
  }

  async #follow(papers: readonly Paper[]): Promise<boolean> {
    let isRestored = false;
    if (!this.#isStarted) {
      this.#isStarted = true;
      isRestored = await this.#restore(papers);
    }
    let isChanged = true;
    try {
      isChanged = await this.#client.follow(papers);
    } finally {
      // papers may have been removed even when the update failed
      if (isChanged) this.#forgetRemoved(papers);
    }
    if (isChanged) this.#saveSoon();
    // a search before the index was restored has found nothing yet
    return isChanged || isRestored;
  }

  /** The worker drops the vectors of papers that are removed; they are sent again when the papers come back. */
  #forgetRemoved(papers: readonly Paper[]): void {
    const here = new Set(papers.map(({ id }) => id));
    for (const id of this.#sentHashes.keys()) if (!here.has(id)) this.#sentHashes.delete(id);
  }

  /** False when there was no saved index of this version. */
  async #restore(papers: readonly Paper[]): Promise<boolean> {
    this.#client.start();
    // an index that cannot be read is built again
    const saved = await this.#store.indexes.loadSearchIndex().catch(() => null);
    if (saved?.version !== indexVersion) return false;
    await this.#client.restore(saved, papers);
    return true;
  }

  async #sendNeighbours(): Promise<void> {
    const semantics = this.#semantics;
    if (semantics === null) return;
    const { papers, graph, vectorKey } = semantics;
    // slots are assigned by the index
    await this.#updates.idle();
    if (vectorKey !== this.#sentKey) this.#sentHashes.clear();
    this.#sentKey = vectorKey;
    const missing = papers.filter(({ id, textHash }) => this.#sentHashes.get(id) !== textHash);
    const replaced = this.#replaced;
    if (missing.length > 0) await this.#sendVectors(missing, vectorKey);
    if (replaced !== this.#replaced) return;
    await this.#client.setNeighbours(
      papers.map(({ id }) => id),
      graph,
    );
    if (replaced === this.#replaced) this.#sentGraph = graph;
  }

  async #sendVectors(papers: readonly Paper[], vectorKey: string): Promise<void> {
    const vectors = await this.#store.vectors.load(
      vectorKey,
      dimensions,
      papers.map(({ textHash }) => textHash),
    );
    const known = papers.filter(({ textHash }) => vectors.has(textHash));
    const hashes = new Map(known.map(({ id, textHash }) => [id, textHash]));
    const replaced = this.#replaced;
    const messages = await runOnPage(packed(known, vectors));
    for (const { part, rows } of messages) {
      const taken = await this.#client.setVectors(
        part.map(({ id }) => id),
        rows,
      );
      // the worker that took it may be gone; `ready` then sends everything again
      if (replaced !== this.#replaced) return;
      for (const id of taken) this.#sentHashes.set(id, hashes.get(id) ?? '');
    }
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), idleMs);
  }

  async #save(): Promise<void> {
    try {
      const saved = await this.#client.save();
      // of a large library, receiving the index and giving it to the database are a long task each
      await yieldToMessages();
      await this.#store.indexes.saveSearchIndex({ version: indexVersion, ...saved });
    } catch {
      // an index that is not saved is built again at the next visit, in seconds and in the worker
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
