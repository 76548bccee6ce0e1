import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { madeDigests, type MadeDigest } from './digests';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './front';
import { UsageError, type BenchOptions } from './options';
import { median, report, say } from './output';
import { builtPages } from './site';

/** Enough for a median, and few enough for a peer that takes half a minute a file. */
const usualRounds = 3;

/**
 * Bytes in, papers out, by the app's import worker. Without files of the asker's own: made-up ones of 5,000 entries,
 * and the BibTeX among them by @retorquere/bibtex-parser too, in the same browser and run.
 */
export async function importBench({ files, rounds = usualRounds }: BenchOptions): Promise<void> {
  const digests = files === undefined ? madeDigests() : digestsOf(files);
  const isOurs = files === undefined;
  const front = await serveCounted(await builtPages('import', 'ours', ...(isOurs ? ['bibtex-parser'] : [])));
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${front.url}ours.html`);
      for (const { file, bytes } of digests) {
        say(`Reading ${file}.`);
        const base64 = bytes.toString('base64');
        const read = (name: string) =>
          page.evaluate(({ name, base64 }) => window.ours.read(name, base64), { name, base64 });
        // starts the worker, and lets it warm to the format
        let last = await read(file);
        const seconds: number[] = [];
        for (let round = 0; round < rounds; round++) {
          last = await read(file);
          seconds.push(last.seconds);
        }
        const { format, papers, problems } = last;
        report({ bench: 'import', file, format, papers, problems, seconds: median(seconds) });
      }
      await page.close();
      if (!isOurs) return;
      const bibtex = digests.find(({ file }) => file.endsWith('.bib'));
      if (!bibtex) throw new Error('expected a BibTeX file among those made');
      say(`Reading ${bibtex.file} with @retorquere/bibtex-parser, once: it takes its time.`);
      const peer = await openPage(browser, `${front.url}bibtex-parser.html`);
      const text = bibtex.bytes.toString('utf8');
      const { seconds, entries } = await peer.evaluate((text) => window.bibtexParser.read(text), text);
      const format = '@retorquere/bibtex-parser';
      report({ bench: 'import', file: bibtex.file, format, papers: entries, problems: 0, seconds });
    });
  } finally {
    await front.stop();
  }
}

function digestsOf(glob: string): MadeDigest[] {
  const files = globSync(glob).sort();
  if (files.length === 0) throw new UsageError(`--files: nothing fits "${glob}".`);
  return files.map((file) => ({ file: path.basename(file), bytes: readFileSync(file) }));
}
