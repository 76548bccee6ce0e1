import { readableMath } from '../../core/paper/text/math-text';
import { Ranker } from '../../core/search/ranking/ranker';
import type { SearchableText } from '../../core/search/index/searchable-text';
import type { SearchCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';
import { dimensions } from '../vector-dimensions';

/**
 * One library’s index, vectors and neighbours. `atRest` does its work once no paper has come or gone for a while, and forgets what
 * it was given before.
 */
export function createSearchHandlers(
  atRest: (work: () => void) => void = () => undefined,
): Handlers<SearchCalls> {
  let ranker = new Ranker(dimensions);
  const sized = () => {
    atRest(() => ranker.prepare());
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
      // saving merges the index, of which there is more to make ready then
      atRest(() => ranker.prepare());
      // it goes on with its arrays, so these are copied and not handed over
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

/** Here and not on the page, which thousands of formulas would hold up. */
function readable(text: SearchableText): SearchableText {
  return { ...text, title: readableMath(text.title), abstract: readableMath(text.abstract) };
}
