import { readableMath } from '../../core/paper/text/math-text';
import { Ranker } from '../../core/search/ranking/ranker';
import type { SearchableText } from '../../core/search/index/searchable-text';
import type { SearchCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';
import { dimensions } from '../model-constants';

/**
 * Index, vectors and neighbours of one library. `whenIdle` runs its work once no paper has been added or removed for a
 * while, instead of the work of the call before.
 */
export function createSearchHandlers(
  whenIdle: (work: () => void) => void = () => undefined,
): Handlers<SearchCalls> {
  let ranker = new Ranker(dimensions);
  const sized = () => {
    whenIdle(() => ranker.prepare());
    return { output: { size: ranker.size } };
  };

  return {
    restore({ segment }) {
      ranker = new Ranker(dimensions);
      if (segment !== null) ranker.restore(segment);
      return sized();
    },
    add({ texts }) {
      ranker.add(texts.map(readable));
      return sized();
    },
    remove({ slots }) {
      ranker.remove(slots);
      return sized();
    },
    save() {
      // Saving merges the index, which then has more to prepare.
      whenIdle(() => ranker.prepare());
      // The index still needs its arrays, so they are copied, not transferred.
      return { output: { segment: ranker.save() } };
    },
    setVectors({ slots, vectors }) {
      ranker.setVectors(slots, vectors);
      return { output: { size: slots.length } };
    },
    setNeighbours({ graph, slotOfRow }) {
      ranker.setNeighbours(graph, slotOfRow);
      return { output: { size: graph.n } };
    },
    search(request) {
      const ranking = ranker.search(request);
      const { slots, scores, shares, cosines } = ranking;
      return {
        output: ranking,
        transfer: [slots.buffer, scores.buffer, shares.buffer, cosines.buffer],
      };
    },
  };
}

/** Here and not on the page, which thousands of formulas would block. */
function readable(text: SearchableText): SearchableText {
  return { ...text, title: readableMath(text.title), abstract: readableMath(text.abstract) };
}
