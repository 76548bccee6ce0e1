import { AppError } from '../../core/errors';
import type { CorpusEntry } from '../../core/import/corpus-index';
import type { Engine } from '../../engine/engine';
import type { ReadFile } from '../../engine/protocol';
import { explain } from '../page/explain';
import { paperCount } from './file-report';
import type { LibraryStore } from './library-store.svelte';
import { newDigest } from './digests';
import type { Notices } from '../page/notices.svelte';

interface Deps {
  engine: Engine;
  notices: Notices;
  libraryStore: LibraryStore;
  /** The folder of the shipped digests, with a slash at its end. */
  corpusUrl: string;
  now: () => number;
}

/** The digests that the site ships. They can be read again, so they are shown before they are saved. */
export class ShippedDigests {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Reads those that this browser does not hold yet, and that the reader has not removed. */
  async readMissing(): Promise<void> {
    const { corpusUrl, engine, libraryStore, notices } = this.#deps;
    try {
      await readCorpus(corpusUrl, engine, {
        has: (entry) =>
          this.#isComplete(entry) || libraryStore.trash.some(({ digest }) => digest.id === entry.id),
        take: (entry, read) => this.#take(entry, read),
      });
      notices.dismiss('corpus');
    } catch (error) {
      notices.show({
        subject: 'corpus',
        kind: 'failure',
        text: `The papers that come with this site could not be read: ${explain(error)} You can still add your own files.`,
        action: { label: 'Try again', run: () => void this.readMissing() },
      });
    }
  }

  /** Whether this very file was read, and none of its papers has been set aside as damaged since. */
  #isComplete({ id, sha256, count }: CorpusEntry): boolean {
    const { digests, papers } = this.#deps.libraryStore;
    if (!digests.some((digest) => digest.id === id && digest.sha256 === sha256)) return false;
    const here = papers.flatMap(({ sightings }) => sightings.filter(({ digestId }) => digestId === id));
    return here.length >= count;
  }

  async #take(entry: CorpusEntry, read: ReadFile): Promise<void> {
    const { libraryStore, notices, now } = this.#deps;
    const shipped = { ...newDigest(entry.id, entry.file, read, now()), name: entry.name };
    if (entry.date !== undefined) shipped.date = entry.date;
    try {
      await libraryStore.showThenCommit(
        (catalogue) => catalogue.importing(entry.id, read.papers),
        // what the reader changed in an older version of it stays
        (change) => {
          const older = libraryStore.digests.find(({ id }) => id === entry.id);
          return { digests: [{ ...older, ...shipped, count: paperCount(change) }] };
        },
      );
    } catch (error) {
      notices.show({
        subject: 'store',
        kind: 'failure',
        text: `The papers are here but could not be saved for the next visit: ${explain(error)}`,
        action: null,
      });
    }
  }
}

interface Destination {
  /** Whether this browser has this very file already, or the reader removed it. */
  has(entry: CorpusEntry): boolean;
  take(entry: CorpusEntry, read: ReadFile): Promise<void>;
}

/** Reads the digests that the site ships and the destination lacks. When one fails, the others are read all the same. */
async function readCorpus(url: string, engine: Engine, destination: Destination): Promise<void> {
  // apart from the first paint; on its way together with the index
  const [response, { readCorpusIndex }] = await Promise.all([
    fetchFrom(url, 'index.json'),
    import('../../core/import/corpus-index'),
  ]);
  const index = readCorpusIndex(await response.text());
  if (index.digests.length === 0) {
    const why = index.problems[0]?.why ?? 'it is empty';
    throw new AppError('asset-corrupt', `corpus/index.json lists no digest: ${why}`);
  }
  const failures: unknown[] = [];
  for (const entry of index.digests) {
    try {
      if (destination.has(entry)) continue;
      const response = await fetchFrom(url, entry.file);
      const bytes = await response.arrayBuffer();
      await destination.take(entry, await engine.read(entry.file, bytes, { sha256: entry.sha256 }));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function fetchFrom(url: string, file: string): Promise<Response> {
  const response = await fetch(url + file).catch((cause: unknown) => {
    throw new AppError('asset-missing', `corpus/${file} cannot be reached.`, { cause });
  });
  if (!response.ok) throw new AppError('asset-missing', `corpus/${file} is missing (${response.status}).`);
  return response;
}
