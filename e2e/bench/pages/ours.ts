import type { Positions } from '../../../src/core/layout/layout';
import { defaultParameters } from '../../../src/core/layout/umap';
import type { NeighbourGraph } from '../../../src/core/vector/neighbours';
import { vectorKeyFor } from '../../../src/engine/assets/built-assets';
import { createEngine } from '../../../src/engine/create-engine';
import type { TopicText } from '../../../src/engine/protocol';
import { dimensions } from '../../../src/engine/model-constants';
import { packFloats, packIntegers, unpackFloats } from '../packed';

interface ImportTiming {
  seconds: number;
  format: string;
  papers: number;
  problems: number;
}

const engine = createEngine();
let vectors = new Float32Array();
let graph: NeighbourGraph | null = null;
let positions: Positions = new Float32Array();

/** The app's engine, used as by the page of the app. `seconds` is the time of the call alone. */
const ours = {
  vectorKey: () => vectorKeyFor('int8'),

  /** Loads runtime and model in every worker. `texts` must be enough for one batch per worker. */
  async warmUp(texts: string[]): Promise<void> {
    await engine.prepare('wasm', 'int8');
    await embed(texts);
  },

  async embed(texts: string[]): Promise<{ seconds: number; vectors: string }> {
    const started = performance.now();
    const embedded = await embed(texts);
    return { seconds: secondsSince(started), vectors: packFloats(embedded) };
  },

  /** Sets the vectors, and loads the runtime, which the app has loaded before it has vectors. */
  async setVectors(packed: string): Promise<void> {
    vectors = unpackFloats(packed);
    await engine.prepare('wasm', 'int8');
  },

  /** Includes the transfer of the papers from the worker. `base64` because a message to a page cannot carry bytes. */
  async readFile(name: string, base64: string): Promise<ImportTiming> {
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

  /** With the app's parameters except the seed, and with positions sent to the page as in the app. */
  async optimise(seed: number): Promise<{ seconds: number; positions: string }> {
    const { n } = currentGraph();
    const started = performance.now();
    positions = await optimise(seed);
    if (positions.length !== 2 * n) throw new Error(`expected ${2 * n} coordinates, got ${positions.length}`);
    return { seconds: secondsSince(started), positions: packFloats(positions) };
  },

  /** Groups the papers of the layout that was optimised last into topics. */
  async group(papers: TopicText[]): Promise<{ seconds: number; topicOf: number[]; names: string[] }> {
    const started = performance.now();
    const { topics, topicOf } = await engine.group(currentGraph(), positions, papers, null);
    return { seconds: secondsSince(started), topicOf: [...topicOf], names: topics.map(({ name }) => name) };
  },

  /** Adds all other rows to a map of the first `base` rows. Both layouts have the same coordinate system. */
  async addRows(base: number, k: number): Promise<{ seconds: number; before: string; after: string }> {
    graph = await engine.nearest(vectors.slice(0, base * dimensions), dimensions, k);
    const before = await optimise(1);
    const initial = new Float32Array((2 * vectors.length) / dimensions).fill(NaN);
    initial.set(before);
    const parameters = defaultParameters(initial.length / 2);

    const started = performance.now();
    const extended = await engine.grow(graph, vectors, dimensions);
    const after = await engine.place(extended, initial, parameters);
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
  const embedded = new Float32Array(texts.length * dimensions).fill(NaN);
  const papers = texts.map((text, row) => ({ text, textHash: String(row) }));
  const { failed } = await engine.embed(papers, {
    onVectors: (rows, batch) => {
      for (const [slot, row] of rows.entries()) {
        embedded.set(batch.subarray(slot * dimensions, (slot + 1) * dimensions), Number(row) * dimensions);
      }
      return Promise.resolve();
    },
  });
  if (failed.length > 0) throw new Error(`${failed.length} of ${texts.length} texts have no vector`);
  return embedded;
}

async function optimise(seed: number): Promise<Positions> {
  const neighbours = currentGraph();
  let latest: Positions | null = null;
  const final = await engine.optimise(neighbours, { ...defaultParameters(neighbours.n), seed }, null, {
    onPositions: (positions) => {
      latest = positions;
    },
  });
  return final ?? latest;
}

function currentGraph(): NeighbourGraph {
  if (graph === null) throw new Error('expected `nearest` to be called first');
  return graph;
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
