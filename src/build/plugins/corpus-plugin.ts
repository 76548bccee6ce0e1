import { join } from 'node:path';
import type { Plugin } from 'vite';
import { checkCorpus } from '../corpus';

/** Stops the build when the shipped digests differ from `corpus/index.json`. */
export function atlasCorpus(): Plugin {
  let publicDirectory = '';
  return {
    name: 'atlas-corpus',
    configResolved(config) {
      publicDirectory = config.publicDir;
    },
    async buildStart() {
      const faults = await checkCorpus(join(publicDirectory, 'corpus'));
      if (faults.length > 0) this.error(`The corpus does not match its index:\n${faults.join('\n')}`);
    },
  };
}
