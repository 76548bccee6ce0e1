import { LexicalIndex, type SearchableText } from '../core/search/lexical-index';
import { readableMath } from '../core/paper/math-text';
import type { SearchCalls } from './protocol';
import { serve } from './rpc-server';

const index = new LexicalIndex();

serve<SearchCalls>(self, {
  add({ texts }) {
    // here and not on the page, which thousands of formulas would hold up
    index.add(texts.map(readable));
    return { output: { size: index.size } };
  },
  remove({ ids }) {
    index.remove(ids);
    return { output: { size: index.size } };
  },
  search({ query }) {
    return { output: { hits: index.search(query) } };
  },
});

function readable(text: SearchableText): SearchableText {
  return { ...text, title: readableMath(text.title), abstract: readableMath(text.abstract) };
}
