import MiniSearch from 'minisearch';

interface Text {
  title: string;
  abstract: string;
}

let index = new MiniSearch({ fields: ['title', 'abstract'] });
const depth = 200;

/** MiniSearch with its defaults. */
const miniSearch = {
  setTexts(texts: Text[]): { buildSeconds: number } {
    const started = performance.now();
    index = new MiniSearch({ fields: ['title', 'abstract'] });
    index.addAll(texts.map((text, id) => ({ id, ...text })));
    return { buildSeconds: (performance.now() - started) / 1000 };
  },

  search(text: string): { rows: number[]; ms: number } {
    const started = performance.now();
    const results = index.search(text);
    const ms = performance.now() - started;
    return { rows: results.slice(0, depth).map(({ id }) => Number(id)), ms };
  },
};

declare global {
  interface Window {
    miniSearch: typeof miniSearch;
  }
}
window.miniSearch = miniSearch;
