import { AppError } from '../core/errors';
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
    return { output: { ...readFile({ name, bytes: content }), sha256 } };
  },
};
