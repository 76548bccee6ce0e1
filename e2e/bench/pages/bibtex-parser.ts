import { parse } from '@retorquere/bibtex-parser';

/** The peer with its fastest settings that give the same result as ours: titles in their own case. */
const bibtexParser = {
  read(text: string): { seconds: number; entries: number } {
    const started = performance.now();
    const { entries } = parse(text, { sentenceCase: false, unsupported: 'ignore' });
    return { seconds: (performance.now() - started) / 1000, entries: entries.length };
  },
};

declare global {
  interface Window {
    bibtexParser: typeof bibtexParser;
  }
}

window.bibtexParser = bibtexParser;
