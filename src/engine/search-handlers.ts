import { readableMath } from '../core/paper/math-text';
import { Ranker } from '../core/search/ranker';
import type { SearchableText } from '../core/search/searchable-text';
import type { SearchCalls } from './protocol';
import type { Handlers } from './rpc-server';
import { dimensions } from './vector-key';

/** One library's index, vectors and neighbours. */
export function createSearchHandlers(): Handlers<SearchCalls> {
  let ranker = new Ranker(dimensions);

  return {
    restore({ segment }) {
      ranker = new Ranker(dimensions);
      if (segment !== null) ranker.restore(segment);
      return { output: { size: ranker.size } };
    },
    add({ texts }) {
      ranker.add(texts.map(readable));
      return { output: { size: ranker.size } };
    },
    remove({ slots }) {
      ranker.remove(slots);
      return { output: { size: ranker.size } };
    },
    save() {
      // the index goes on with its arrays, so these are copied and not handed over
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
