import { LexicalIndex } from '../core/search/lexical-index';
import type { SearchCalls } from './protocol';
import { serve } from './rpc-server';

const index = new LexicalIndex();

serve<SearchCalls>(self, {
  add({ texts }) {
    index.add(texts);
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
