import { distinctDecisions, joinDecisions, splitDecisions } from '../../core/paper/catalogue/decisions';
import type { Decision, Paper, Sighting } from '../../core/paper/paper';
import { familyName } from '../../core/paper/identity';
import type { NeighbourGraph } from '../../core/vector/neighbours';
import type { Engine } from '../../engine/engine';
import type { Library } from './library.svelte';
import type { Notices } from '../page/notices.svelte';

interface Deps {
  engine: Engine;
  library: Library;
  notices: Notices;
}

/** Two papers that look like one under two names. They are joined only when the reader says so. */
export interface Offer {
  a: Paper;
  b: Paper;
}

export class Duplicates {
  readonly #deps: Deps;
  #pairs = $state.raw<readonly { a: string; b: string }[]>([]);
  #run: AbortController | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #offers = $derived.by(() => {
    const { library } = this.#deps;
    return this.#pairs.flatMap(({ a, b }): Offer[] => {
      const [first, second] = [library.paper(a), library.paper(b)];
      const isNoPair = first === undefined || second === undefined || first === second;
      if (isNoPair || library.isMarkedDistinct(first, second)) return [];
      return library.isShown(first) && library.isShown(second) ? [{ a: first, b: second }] : [];
    });
  });

  /** Surest first. */
  get offers(): readonly Offer[] {
    return this.#offers;
  }

  /** Searches papers whose neighbours are known for duplicates; row i of `graph` is paper i. */
  async look(papers: readonly Paper[], graph: NeighbourGraph): Promise<void> {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    const titled = papers.map((paper) => ({
      title: paper.title,
      firstAuthor: familyName(paper.authors[0] ?? ''),
      year: Number(paper.date?.slice(0, 4) ?? NaN),
    }));
    try {
      const pairs = await this.#deps.engine.duplicates(titled, graph, { signal: run.signal });
      if (run.signal.aborted) return;
      this.#pairs = pairs.flatMap(({ a, b }) => {
        const [first, second] = [papers[a], papers[b]];
        return first && second ? [{ a: first.id, b: second.id }] : [];
      });
    } catch (error) {
      if (run.signal.aborted) return;
      throw error;
    }
  }

  async join({ a, b }: Offer): Promise<void> {
    await this.#decide(joinDecisions(a, b), `“${a.title}” is now one paper.`);
  }

  async markDistinct({ a, b }: Offer): Promise<void> {
    await this.#decide(distinctDecisions(a, b), `“${a.title}” and its lookalike stay two papers.`);
  }

  /** Makes the record of one digest a paper of its own. */
  async split(paper: Paper, sighting: Sighting): Promise<void> {
    await this.#decide(splitDecisions(paper, sighting), `“${sighting.title}” is now a paper of its own.`);
  }

  async #decide(decisions: readonly Decision[], text: string): Promise<void> {
    const { library, notices } = this.#deps;
    const before = library.effectiveDecisions(decisions);
    if (!(await library.decide(decisions))) return;
    notices.show({
      subject: 'decision',
      kind: 'fact',
      text,
      action: { label: 'Undo', run: () => void library.decide(before) },
    });
  }
}
