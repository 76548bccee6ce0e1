import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { generatedDigests, type GeneratedDigest } from './digests';
import { openPage, withBrowser } from './browser';
import { serveCounted } from './counting-server';
import { UsageError, type BenchOptions } from './options';
import { median, reportResult, reportProgress } from './output';
import { builtPages } from './site';

/** Enough for a median. */
const defaultRounds = 3;

/**
 * Time from bytes to papers in the app's import worker. Without `--files`: generated files of 5,000 entries, of which the
 * BibTeX file is also parsed by @retorquere/bibtex-parser, in the same browser and run.
 */
export async function importBench({ files, rounds = defaultRounds }: BenchOptions): Promise<void> {
  const digests = files === undefined ? generatedDigests() : readDigests(files);
  const isGenerated = files === undefined;
  const server = await serveCounted(
    await builtPages('import', 'ours', ...(isGenerated ? ['bibtex-parser'] : [])),
  );
  try {
    await withBrowser(async (browser) => {
      const page = await openPage(browser, `${server.url}ours.html`);
      for (const { file, bytes } of digests) {
        reportProgress(`Reading ${file}.`);
        const base64 = bytes.toString('base64');
        const read = (name: string) =>
          page.evaluate(({ name, base64 }) => window.ours.readFile(name, base64), { name, base64 });
        // not measured: starts the worker and warms it up for the format
        let reading = await read(file);
        const seconds: number[] = [];
        for (let round = 0; round < rounds; round++) {
          reading = await read(file);
          seconds.push(reading.seconds);
        }
        const { format, papers, problems } = reading;
        reportResult({ bench: 'import', file, format, papers, problems, seconds: median(seconds) });
      }
      await page.close();
      if (!isGenerated) return;
      const bibtex = digests.find(({ file }) => file.endsWith('.bib'));
      if (!bibtex) throw new Error('expected a BibTeX file among the generated ones');
      reportProgress(
        `Reading ${bibtex.file} with @retorquere/bibtex-parser, once, because it takes half a minute.`,
      );
      const peer = await openPage(browser, `${server.url}bibtex-parser.html`);
      const text = bibtex.bytes.toString('utf8');
      const { seconds, entries } = await peer.evaluate((text) => window.bibtexParser.read(text), text);
      const format = '@retorquere/bibtex-parser';
      reportResult({ bench: 'import', file: bibtex.file, format, papers: entries, problems: 0, seconds });
    });
  } finally {
    await server.stop();
  }
}

function readDigests(glob: string): GeneratedDigest[] {
  const files = globSync(glob).sort();
  if (files.length === 0) throw new UsageError(`--files: no file matches "${glob}".`);
  return files.map((file) => ({ file: path.basename(file), bytes: readFileSync(file) }));
}
