import type { CorpusEntry } from '../../core/import/corpus-index';
import type { Engine } from '../../engine/engine';
import type { ReadFile } from '../../engine/protocol';
import { readCorpus } from './corpus';
import { explain } from '../page/explain';
import type { Ledger } from './library-store.svelte';
import { newDigest } from './new-digest';
import type { Notices } from '../page/notices.svelte';

interface Deps {
  engine: Engine;
  notices: Notices;
  ledger: Ledger;
  /** The folder of the shipped digests, with a slash at its end. */
  corpusUrl: string;
  now: () => number;
}

/** The digests that the site ships. They can be read again, so they are shown before they are kept. */
export class ShippedDigests {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Reads those that this browser does not hold yet, and that the reader has not removed. */
  async bring(): Promise<void> {
    const { corpusUrl, engine, ledger, notices } = this.#deps;
    try {
      await readCorpus(corpusUrl, engine, {
        has: ({ id, sha256 }) =>
          ledger.digests.some((digest) => digest.id === id && digest.sha256 === sha256) ||
          ledger.trash.some(({ digest }) => digest.id === id),
        take: (entry, read) => this.#take(entry, read),
      });
      notices.dismiss('corpus');
    } catch (error) {
      notices.show({
        subject: 'corpus',
        kind: 'failure',
        text: `The papers that come with this site could not be read: ${explain(error)} Your own files can be added all the same.`,
        action: { label: 'Try again', run: () => void this.bring() },
      });
    }
  }

  async #take(entry: CorpusEntry, read: ReadFile): Promise<void> {
    const { ledger, notices, now } = this.#deps;
    const shipped = { ...newDigest(entry.id, entry.file, read, now()), name: entry.name };
    if (entry.date !== undefined) shipped.date = entry.date;
    try {
      await ledger.showThenCommit(
        (catalogue) => catalogue.importing(entry.id, read.papers),
        // what the reader made of an older edition of it stays
        () => ({ digests: [{ ...ledger.digests.find(({ id }) => id === entry.id), ...shipped }] }),
      );
    } catch (error) {
      notices.show({
        subject: 'store',
        kind: 'failure',
        text: `The papers are here but could not be kept for the next visit: ${explain(error)}`,
        action: null,
      });
    }
  }
}
