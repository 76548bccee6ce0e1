import { importHandlers } from './import-handlers';
import type { ImportCalls } from '../protocol';
import { serve } from '../rpc/rpc-server';

serve<ImportCalls>(self, importHandlers);
