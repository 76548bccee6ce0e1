import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycle, importedNames, readSources } from './build/source-imports';
import type { SourceFile } from './build/source-imports';

/** Who may import whom: ui → state → { storage, engine } → core, and ui → plot → core. Nothing imports upwards. */
const arrows: Record<string, string[]> = {
  core: [],
  storage: ['core'],
  engine: ['core'],
  plot: ['core'],
  state: ['core', 'storage', 'engine'],
  ui: ['core', 'plot', 'state'],
  main: ['core', 'storage', 'engine', 'plot', 'state', 'ui'],
  'service-worker': ['engine'],
  build: ['core', 'engine'],
};

/** The files directly in a layer, unless they have a row of their own in the table. */
const root = 'root';

/**
 * Inside a layer, which rooms (folders, or single files at its root) each room may import besides itself. `root` is
 * listed like any other room.
 */
const rooms: Record<string, Record<string, string[]>> = {
  engine: {
    [root]: [],
    assets: [root],
    rpc: [root],
    runtime: [root, 'assets', 'rpc'],
    import: [root, 'rpc'],
    export: [root, 'rpc'],
    layout: [root, 'rpc'],
    search: [root, 'rpc'],
    'create-engine': [root, 'assets', 'rpc', 'runtime', 'import', 'export', 'layout', 'search'],
  },
  state: {
    page: [],
    library: ['page'],
    map: ['page'],
    search: ['page', 'library', 'map'],
    reading: ['page', 'library', 'map', 'search'],
    list: ['page', 'library', 'map', 'search'],
    export: ['page', 'library', 'map', 'search', 'list'],
    // the session and the address
    [root]: ['page', 'library', 'map', 'search', 'reading', 'list', 'export'],
  },
};

/** The one part of src that may name a package. A package that is not listed may be named by build alone. */
const owners: Record<string, RegExp> = {
  '@fontsource-variable/': /^(main|ui\/)/,
  '@huggingface/tokenizers': /^engine\//,
  '@noble/hashes/': /^(core|engine)\//,
  d3: /^plot\//,
  domhandler: /^core\/import\//,
  domutils: /^core\/import\//,
  fflate: /^core\/import\//,
  graphology: /^core\/topic\//,
  'graphology-': /^core\/topic\//,
  htmlparser2: /^core\/import\//,
  idb: /^storage\//,
  minisearch: /^core\/search\//,
  'onnxruntime-web': /^engine\//,
  'postal-mime': /^core\/import\//,
  stemmer: /^core\/(explain|search|topic)\//,
  svelte: /^(main|state\/|ui\/)/,
  temml: /^ui\//,
  'virtual:atlas-assets': /^engine\//,
  'workbox-': /^service-worker/,
};

/** Text that must not occur in shipped code, and in which files. */
const forbidden: { words: RegExp; where: RegExp; because: string }[] = [
  {
    words:
      /\{@html|\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)\b|document\.write/,
    where: /./,
    because: 'imported text must not become markup',
  },
  { words: /\beval\(|new Function\(/, where: /./, because: 'text must not become code' },
  { words: /navigator\.onLine/, where: /./, because: 'it says true while the server is stopped' },
  {
    words: /SharedArrayBuffer|crossOriginIsolated/,
    where: /./,
    because: 'a static host cannot give isolation',
  },
  {
    words: /Math\.random|Date\.now|new Date\(\)|performance\.now|\bconsole\./,
    where: /^core\//,
    because: 'core computes from its arguments only',
  },
  {
    words: /\bfetch\(|\bcaches\.|crypto\.subtle|\.arrayBuffer\(/,
    where: /^storage\//,
    because: 'a transaction ends while anything else is awaited',
  },
  {
    words: /\.transaction\(/,
    where: /^(?!storage\/database\/transaction\.ts$)/,
    because: 'transact() sees to it that writers wait for each other',
  },
];

const all = readSources(path.resolve('src'));
const tests = all.filter(({ file }) => file.endsWith('.test.ts'));
const sources = all.filter((source) => !tests.includes(source));
/** Made for tests, and imported by nothing else. */
const isFixture = (file: string): boolean => file.includes('/fixtures/');
const shipped = sources.filter(({ file }) => layerOf(file) !== 'build' && !isFixture(file));

function layerOf(file: string): string {
  return file.split('/', 1)[0]?.replace(/\.ts$/, '') ?? file;
}

function strays(files: SourceFile[], isStray: (source: SourceFile, imported: string) => boolean): string[] {
  return files.flatMap((source) =>
    [...source.files, ...source.packages]
      .filter((imported) => isStray(source, imported))
      .map((imported) => `${source.file} → ${imported}`),
  );
}

/** Imports between the rooms of a layer that the table does not allow, and files of rooms that it does not name. */
function roomArrows(layer: string, table: Record<string, string[]>, files: readonly SourceFile[]): string[] {
  const roomOf = (file: string): string => {
    const [first = '', ...rest] = file.slice(layer.length + 1).split('/');
    if (rest.length > 0) return first;
    const name = first.replace(/(\.svelte)?\.ts$/, '');
    return name in table ? name : root;
  };
  const isInLayer = (file: string) => file.startsWith(`${layer}/`);
  return files
    .filter(({ file }) => isInLayer(file))
    .flatMap(({ file, files: imports }) => {
      const room = roomOf(file);
      const allowed = table[room];
      if (allowed === undefined) return [`${file} is in no room of the table`];
      return imports
        .filter((imported) => isInLayer(imported) && ![room, ...allowed].includes(roomOf(imported)))
        .map((imported) => `${file} → ${imported}`);
    });
}

function ownerOf(name: string): RegExp | undefined {
  const matches = Object.entries(owners).filter(([owned]) =>
    /[/-]$/.test(owned) ? name.startsWith(owned) : name === owned || name.startsWith(`${owned}/`),
  );
  return matches[0]?.[1];
}

describe('the layers of src', () => {
  it('are all named in the table', () => {
    const layers = new Set(sources.map(({ file }) => layerOf(file)));
    expect([...layers].filter((layer) => !(layer in arrows))).toEqual([]);
  });

  it('import only downwards', () => {
    const isUpwards = ({ file, files }: SourceFile, imported: string) =>
      files.includes(imported) &&
      layerOf(imported) !== layerOf(file) &&
      !arrows[layerOf(file)]?.includes(layerOf(imported));
    expect(strays(sources, isUpwards)).toEqual([]);
  });

  it('have no cycles', () => {
    expect(findCycle(sources)).toBeNull();
  });

  it('import no test', () => {
    expect(strays(sources, (_, imported) => imported.endsWith('.test.ts'))).toEqual([]);
  });

  it('import no fixture of a test into what is shipped', () => {
    expect(strays(shipped, (_, imported) => isFixture(imported))).toEqual([]);
  });

  it('name each package in the part that owns it', () => {
    const isForeign = ({ file, packages }: SourceFile, imported: string) =>
      packages.includes(imported) && !ownerOf(imported)?.test(file);
    expect(strays(shipped, isForeign)).toEqual([]);
  });

  it.each(forbidden)('hold nothing like $words, because $because', ({ words, where }) => {
    const found = shipped.filter(({ file, text }) => where.test(file) && words.test(text));
    expect(found.map(({ file }) => file)).toEqual([]);
  });
});

describe('the rooms of a layer', () => {
  it.each(Object.entries(rooms))('of %s import only what the table allows', (layer, table) => {
    expect(roomArrows(layer, table, shipped)).toEqual([]);
  });

  it('are checked: a wrong arrow and an unknown room are reported', () => {
    const file = (name: string, ...files: string[]): SourceFile => ({
      file: name,
      text: '',
      files,
      packages: [],
    });
    const table = { [root]: [], low: [root], high: [root, 'low'], wiring: [root, 'low', 'high'] };
    const files = [
      file('state/contract.ts', 'core/a.ts'),
      file('state/low/a.svelte.ts', 'state/contract.ts', 'state/low/b.ts', 'state/high/c.ts'),
      file('state/high/c.ts', 'state/low/a.svelte.ts', 'state/wiring.svelte.ts'),
      file('state/wiring.svelte.ts', 'state/high/c.ts', 'state/contract.ts'),
      file('state/other/d.ts'),
      file('stately/e.ts', 'state/high/c.ts'),
    ];
    expect(roomArrows('state', table, files)).toEqual([
      'state/low/a.svelte.ts → state/high/c.ts',
      'state/high/c.ts → state/wiring.svelte.ts',
      'state/other/d.ts is in no room of the table',
    ]);
  });
});

describe('the reading of imports', () => {
  const source = (file: string, files: string[]): SourceFile => ({ file, text: '', files, packages: [] });

  it('finds those of types, of re-exports, of workers and of chunks loaded later', () => {
    const text = `
      import type { A } from './a';
      export { b } from './b';
      import url from './c.worker?worker&url';
      const later = () => import('d');
      // import './not-this';
    `;
    expect(importedNames('x.ts', text)).toEqual(['./a', './b', './c.worker', 'd']);
  });

  it('finds those of components, and nothing in their markup', () => {
    const text = `<script lang="ts">import A from './A.svelte';</script><p>import 'b'</p>`;
    expect(importedNames('X.svelte', text)).toEqual(['./A.svelte']);
  });

  it('finds a cycle and names it', () => {
    const files = [source('a', ['b', 'c']), source('b', []), source('c', ['d']), source('d', ['c'])];
    expect(findCycle(files)).toEqual(['c', 'd', 'c']);
    expect(findCycle(files.slice(0, 2))).toBeNull();
  });
});
