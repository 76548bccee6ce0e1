import type { SearchCalls } from './protocol';
import { serve } from './rpc-server';
import { createSearchHandlers } from './search-handlers';

serve<SearchCalls>(self, createSearchHandlers());
