import type { ExportedPaper } from '../../core/export/export';
import { exportPapers } from '../../core/export/export-papers';
import { exporters } from '../../core/export/formats';
import type { ExportCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';

/** Progress comes this often, and a worker that is ended does not write much in vain. */
const papersPerReport = 500;

/** One worker writes one file: it takes the papers part by part, since one message of all would hold up the page. */
export function createExportHandlers(): Handlers<ExportCalls> {
  const papers: ExportedPaper[] = [];
  return {
    take(input) {
      for (const paper of input.papers) papers.push(paper);
      return { output: { count: papers.length } };
    },
    write({ format, options }, { report }) {
      const exporter = exporters.find(({ id }) => id === format);
      if (exporter === undefined) throw new Error(`expected the id of an export format, got ${format}`);
      const encoder = new TextEncoder();
      const parts: Uint8Array[] = [];
      let texts: string[] = [];
      const encode = () => {
        parts.push(encoder.encode(texts.join('')));
        texts = [];
      };
      let reported = 0;
      for (const { text, done } of exportPapers(exporter, papers, options)) {
        texts.push(text);
        if (done - reported < papersPerReport) continue;
        encode();
        report({ done: (reported = done), total: papers.length });
      }
      encode();
      const bytes = joined(parts);
      return { output: { bytes, mediaType: exporter.mediaType }, transfer: [bytes] };
    },
  };
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}
