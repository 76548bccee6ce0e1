import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRandom } from '../core/random';
import { RandomReader } from './fixtures/random-reader';
import { siteOfNone } from './fixtures/library-desk';
import { stubPage } from './fixtures/session-desk';

beforeEach(() => {
  stubPage(siteOfNone());
  vi.stubGlobal('HTMLElement', class {});
});
afterEach(() => vi.unstubAllGlobals());

const actionsEach = 60;
const firstSeed = Number(process.env['PROPERTY_SEED'] ?? 20_261_123);
const runs = Number(process.env['PROPERTY_RUNS'] ?? 1);
/** `npm run test:long` takes 2,000 actions. */
const sequences = runs === 1 ? 1 : Math.ceil((200 * runs) / actionsEach);
const seeds = Array.from({ length: sequences }, (_, at) => firstSeed + at);

describe('a library under random actions', () => {
  it.each(seeds)(
    'shows after each what a plain model of it holds, also after a reload (seed %i)',
    async (seed) => {
      const reader = new RandomReader(createRandom(seed));
      try {
        await reader.open();
        for (let done = 0; done < actionsEach; done++) {
          await reader.act();
          await reader.check();
        }
        await reader.reload();
        await reader.check();
        await reader.checkMap();
      } catch (cause) {
        throw new Error(`The library went wrong after:\n${reader.log.join('\n')}`, { cause });
      }
      expect(reader.log.length).toBeGreaterThanOrEqual(actionsEach);
    },
  );
});
