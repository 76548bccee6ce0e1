import { createRandom } from '../src/core/random';
import { RandomPageReader } from './fixtures/random-page-reader';
import { expect, test } from './fixtures/test';

const actionsEach = 25;
const firstSeed = Number(process.env['PROPERTY_SEED'] ?? 20_261_201);
/** `npm run test:long` takes 2,000 actions. */
const longSeeds = Array.from({ length: 2_000 / actionsEach }, (_, at) => firstSeed + at);

// all rows of the list are in the document
test.use({ viewport: { width: 1280, height: 3_000 } });
test.beforeEach(({ server }) => {
  server.shipFew(3);
  server.holdModel();
});

async function tryActions(reader: RandomPageReader): Promise<void> {
  try {
    await reader.open();
    for (let done = 1; done <= actionsEach; done++) {
      await reader.act();
      await reader.checkList();
      if (done % 5 === 0) await reader.checkDigests();
    }
    await reader.reload();
    await reader.checkList();
    await reader.checkDigests();
  } catch (cause) {
    throw new Error(`The page went wrong after:\n${reader.log.join('\n')}`, { cause });
  }
  expect(reader.log).toHaveLength(actionsEach);
}

test('after each of 25 random actions the page shows what a plain model of the library holds', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await tryActions(new RandomPageReader(page, createRandom(firstSeed), 3));
});

for (const seed of longSeeds) {
  test(`after each random action the page shows what a plain model of the library holds (seed ${seed}) @long`, async ({
    page,
  }) => {
    await tryActions(new RandomPageReader(page, createRandom(seed), 3));
  });
}
