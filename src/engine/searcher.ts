import { AppError } from '../core/errors';
import type { Paper } from '../core/paper/paper';
import type { LexicalHit, SearchableText } from '../core/search/lexical-index';
import type { SearchCalls } from './protocol';
import { WorkerClient, type WorkerPort } from './rpc-client';
import searchWorkerUrl from './search.worker.ts?worker&url';
import { workerAt } from './spawn';

/** Texts that one message carries: an index of this many is built in some ten milliseconds. */
const textsPerCall = 500;

/** The lexical index in its worker. A worker that dies is replaced and told everything again. */
export class Searcher {
  readonly #client: WorkerClient<SearchCalls>;
  readonly #texts = new Map<string, SearchableText>();

  constructor(spawn: () => WorkerPort = workerAt(searchWorkerUrl)) {
    this.#client = new WorkerClient<SearchCalls>(spawn);
  }

  /** New papers, or known ones with a new text. */
  async add(papers: readonly Paper[]): Promise<void> {
    const texts = papers.map(({ id, title, abstract, authors }) => ({
      id,
      title,
      abstract,
      authors: authors.join(', '),
    }));
    for (const text of texts) this.#texts.set(text.id, text);
    await this.#retelling(() => this.#tell(texts));
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#texts.delete(id);
    await this.#retelling(async () => void (await this.#client.call('remove', { ids })));
  }

  search(query: string): Promise<LexicalHit[]> {
    return this.#retelling(async () => (await this.#client.call('search', { query })).hits);
  }

  async #tell(texts: readonly SearchableText[]): Promise<void> {
    for (let from = 0; from < texts.length; from += textsPerCall) {
      await this.#client.call('add', { texts: texts.slice(from, from + textsPerCall) });
    }
  }

  async #retelling<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'worker-lost') throw error;
      await this.#tell([...this.#texts.values()]);
      return ask();
    }
  }
}
