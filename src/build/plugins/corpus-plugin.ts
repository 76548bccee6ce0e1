import { join } from 'node:path';
import type { Plugin } from 'vite';
import { checkCorpus } from '../corpus';

/** Stops the build when the shipped digests are not the ones that `corpus/index.json` promises. */
export function atlasCorpus(): Plugin {
  let publicDirectory = '';
  return {
    name: 'atlas-corpus',
    configResolved(config) {
      publicDirectory = config.publicDir;
    },
    async buildStart() {
      const faults = await checkCorpus(join(publicDirectory, 'corpus'));
      if (faults.length > 0) this.error(`The corpus is not what its index says:\n${faults.join('\n')}`);
    },
  };
}
