import { createLayoutHandlers } from './layout-handlers';
import type { LayoutCalls } from '../protocol';
import { serve } from '../rpc/rpc-server';
import { yieldToMessages } from '../rpc/yield-to-messages';

serve<LayoutCalls>(self, createLayoutHandlers({ now: () => performance.now(), pause: yieldToMessages }));
