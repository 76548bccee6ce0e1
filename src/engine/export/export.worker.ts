import { createExportHandlers } from './export-handlers';
import type { ExportCalls } from '../protocol';
import { serve } from '../rpc/rpc-server';

serve<ExportCalls>(self, createExportHandlers());
