import type { Annotation } from '../../core/annotation/annotation';
import type { Digest, Paper } from '../../core/paper/paper';
import type { KnownValues as Values } from '../../core/search/query/query-completions';
import type { Topic } from '../../core/topic/topic';
import type { Annotations } from '../library/annotations.svelte';
import { runOnPage } from '../../engine/slices';
import type { Library } from '../library/library.svelte';
import type { Topics } from '../map/topics.svelte';

interface Deps {
  library: Pick<Library, 'papers' | 'digests'>;
  annotations: Pick<Annotations, 'byPaper'>;
  topics: Pick<Topics, 'all'>;
}

/**
 * What the library, the annotations and the map hold for the fields of a search. Gathered on demand, since few
 * visits need it.
 */
export class KnownValues {
  readonly #deps: Deps;
  #values = $state.raw<Values | null>(null);
  #papers: readonly Paper[] | null = null;
  #digests: readonly Digest[] | null = null;
  #written: ReadonlyMap<string, Annotation> | null = null;
  #topics: readonly Topic[] | null = null;
  #gathering = new AbortController();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** As they were when they were last gathered; null before. */
  get values(): Values | null {
    return this.#values;
  }

  /** To be called whenever they are about to be needed. Does nothing while the library is unchanged. */
  async gather(): Promise<void> {
    const { library, annotations, topics } = this.#deps;
    const { papers, digests } = library;
    const written = annotations.byPaper;
    const isUnchanged =
      papers === this.#papers &&
      digests === this.#digests &&
      written === this.#written &&
      topics.all === this.#topics;
    if (isUnchanged) return;
    [this.#papers, this.#digests, this.#written, this.#topics] = [papers, digests, written, topics.all];
    this.#gathering.abort();
    const { signal } = (this.#gathering = new AbortController());
    try {
      // apart from the first paint
      const { valuesOf } = await import('./gather-values');
      const values = await runOnPage(valuesOf(papers, digests, written, topics.all), signal);
      if (!signal.aborted) this.#values = values;
    } catch (error) {
      // the call that aborted this one gathers the new values
      if (!signal.aborted) throw error;
    }
  }
}
