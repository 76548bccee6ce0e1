import type { SearchCalls } from '../protocol';
import { serve } from '../rpc/rpc-server';
import { createSearchHandlers } from './search-handlers';

const restMs = 1_000;
let timer: ReturnType<typeof setTimeout> | undefined;

serve<SearchCalls>(
  self,
  createSearchHandlers((work) => {
    clearTimeout(timer);
    timer = setTimeout(work, restMs);
  }),
);
