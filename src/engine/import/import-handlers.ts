import { AppError } from '../../core/errors';
import type { DecodeBytes } from '../../core/import/decode';
import { readFile } from '../../core/import/read-file';
import type { ImportCalls } from '../protocol';
import type { Handlers } from '../rpc/rpc-server';
import { sha256Hex } from '../sha256';

/** The page deserialises this many in a few ms, between two frames. */
const papersPerMessage = 250;

export const importHandlers: Handlers<ImportCalls> = {
  async read({ name, bytes, sha256: expected, columnRoles }, { report }) {
    report({ kind: 'begun' });
    const content = new Uint8Array(bytes);
    const sha256 = await sha256Hex(content);
    if (expected !== undefined && sha256 !== expected) {
      throw new AppError(
        'asset-corrupt',
        `${name} is not the file it should be: expected ${expected}, got ${sha256}.`,
      );
    }
    const input = { name, bytes: content, ...(columnRoles === undefined ? {} : { columnRoles }) };
    const { papers, ...output } = await readFile(input, decode);
    const total = papers.length;
    for (let at = 0; at < total; at += papersPerMessage) {
      const slice = papers.slice(at, at + papersPerMessage);
      report({ kind: 'papers', papers: slice, done: at + slice.length, total });
    }
    return { output: { ...output, sha256 } };
  },
};

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
