import { AppError } from '../core/errors';
import type { DecodeBytes } from '../core/import/decode';
import { readFile } from '../core/import/read-file';
import type { ImportCalls } from './protocol';
import type { Handlers } from './rpc-server';
import { sha256Hex } from './sha256';

export const importHandlers: Handlers<ImportCalls> = {
  async read({ name, bytes, sha256: expected }) {
    const content = new Uint8Array(bytes);
    const sha256 = await sha256Hex(content);
    if (expected !== undefined && sha256 !== expected) {
      throw new AppError(
        'asset-corrupt',
        `${name} is not the file it should be: expected ${expected}, got ${sha256}.`,
      );
    }
    return { output: { ...readFile({ name, bytes: content }, decode), sha256 } };
  },
};

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);
