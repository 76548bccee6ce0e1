import type { SearchCalls } from '../protocol';
import { serve } from '../rpc/rpc-server';
import { createSearchHandlers } from './search-handlers';

const idleMs = 1_000;
let timer: ReturnType<typeof setTimeout> | undefined;

serve<SearchCalls>(
  self,
  createSearchHandlers((work) => {
    clearTimeout(timer);
    timer = setTimeout(work, idleMs);
  }),
);
