import type { RuntimeCalls } from '../protocol';
import { serve } from '../rpc/rpc-server';
import { createRuntimeHandlers } from './runtime-handlers';

serve<RuntimeCalls>(self, createRuntimeHandlers());
