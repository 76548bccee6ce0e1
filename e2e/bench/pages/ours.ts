import type { Positions } from '../../../src/core/layout/layout';
import { defaultParameters } from '../../../src/core/layout/umap';
import type { NeighbourGraph } from '../../../src/core/vector/neighbours';
import { vectorKeyFor } from '../../../src/engine/assets/built-assets';
import { createEngine } from '../../../src/engine/create-engine';
import type { TopicText } from '../../../src/engine/protocol';
import { dimensions } from '../../../src/engine/vector-dimensions';
import { packFloats, packIntegers, unpackFloats } from '../packed';

interface Reading {
  seconds: number;
  format: string;
  papers: number;
  problems: number;
}

const engine = createEngine();
let vectors = new Float32Array();
let graph: NeighbourGraph | null = null;
let positions: Positions = new Float32Array();

/** The app's engine, as the page of the app drives it. Numbers of seconds are of the call alone. */
const ours = {
  vectorKey: () => vectorKeyFor('int8'),

  /** Loads runtime and model in every worker, by texts enough for a batch each. */
  async warmUp(texts: string[]): Promise<void> {
    await engine.prepare('wasm', 'int8');
    await embed(texts);
  },

  async embed(texts: string[]): Promise<{ seconds: number; vectors: string }> {
    const started = performance.now();
    const made = await embed(texts);
    return { seconds: secondsSince(started), vectors: packFloats(made) };
  },

  /** Loads the runtime, as it is loaded in the app by the time that vectors are there, and takes vectors over. */
  async take(packed: string): Promise<void> {
    vectors = unpackFloats(packed);
    await engine.prepare('wasm', 'int8');
  },

  /** `base64` because a message to a page carries no bytes. Parsing in the worker and the papers' way to the page. */
  async read(name: string, base64: string): Promise<Reading> {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const started = performance.now();
    const read = await engine.read(name, bytes.buffer);
    const seconds = secondsSince(started);
    const { formatName: format, papers, problems } = read;
    return { seconds, format, papers: papers.length, problems: problems.length };
  },

  async nearest(k: number): Promise<{ seconds: number; indices: string; similarities: string }> {
    const started = performance.now();
    graph = await engine.nearest(vectors, dimensions, k);
    const seconds = secondsSince(started);
    return { seconds, indices: packIntegers(graph.indices), similarities: packFloats(graph.similarities) };
  },

  /** With the app's parameters but for the seed, and positions streaming to the page as in the app. */
  async settle(seed: number): Promise<{ seconds: number; positions: string }> {
    const { n } = knownGraph();
    const started = performance.now();
    positions = await settle(seed);
    if (positions.length !== 2 * n) throw new Error(`expected ${2 * n} coordinates, got ${positions.length}`);
    return { seconds: secondsSince(started), positions: packFloats(positions) };
  },

  /** Of the layout that was settled last. */
  async group(papers: TopicText[]): Promise<{ seconds: number; topicOf: number[]; names: string[] }> {
    const started = performance.now();
    const { topics, topicOf } = await engine.group(knownGraph(), positions, papers, null);
    return { seconds: secondsSince(started), topicOf: [...topicOf], names: topics.map(({ name }) => name) };
  },

  /** The first `base` rows are on the map; the others come. Both layouts are of the same frame. */
  async grow(base: number, k: number): Promise<{ seconds: number; before: string; after: string }> {
    graph = await engine.nearest(vectors.slice(0, base * dimensions), dimensions, k);
    const before = await settle(1);
    const known = new Float32Array((2 * vectors.length) / dimensions).fill(NaN);
    known.set(before);
    const parameters = defaultParameters(known.length / 2);

    const started = performance.now();
    const grown = await engine.grow(graph, vectors, dimensions);
    const after = await engine.place(grown, known, parameters);
    return { seconds: secondsSince(started), before: packFloats(before), after: packFloats(after) };
  },
};

declare global {
  interface Window {
    ours: typeof ours;
  }
}
window.ours = ours;

async function embed(texts: string[]): Promise<Float32Array> {
  const made = new Float32Array(texts.length * dimensions).fill(NaN);
  const papers = texts.map((text, row) => ({ text, textHash: String(row) }));
  const { failed } = await engine.embed(papers, {
    onVectors: (rows, batch) => {
      for (const [slot, row] of rows.entries()) {
        made.set(batch.subarray(slot * dimensions, (slot + 1) * dimensions), Number(row) * dimensions);
      }
      return Promise.resolve();
    },
  });
  if (failed.length > 0) throw new Error(`${failed.length} of ${texts.length} texts have no vector`);
  return made;
}

async function settle(seed: number): Promise<Positions> {
  const known = knownGraph();
  let latest: Positions | null = null;
  const final = await engine.settle(known, { ...defaultParameters(known.n), seed }, null, {
    onPositions: (positions) => {
      latest = positions;
    },
  });
  return final ?? latest;
}

function knownGraph(): NeighbourGraph {
  if (graph === null) throw new Error('expected neighbours to be found first');
  return graph;
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
