import type { HalfTensor } from './safetensors';

/** all-MiniLM-L6-v2, from its config.json. */
export const minilm = {
  layers: 6,
  hidden: 384,
  heads: 12,
  intermediate: 1536,
  layerNormEpsilon: 1e-12,
  positions: 512,
  vocabulary: 30522,
} as const;

/** `weight` is [in, out], for multiplication from the right. */
export interface Linear {
  weight: HalfTensor;
  bias: HalfTensor;
}

export interface LayerNorm {
  scale: HalfTensor;
  bias: HalfTensor;
}

export interface EncoderLayer {
  /** [hidden, 3 × hidden]: query, key and value side by side. */
  queryKeyValue: Linear;
  attentionOutput: Linear;
  attentionNorm: LayerNorm;
  intermediate: Linear;
  output: Linear;
  outputNorm: LayerNorm;
}

export interface MinilmWeights {
  /** [vocabulary, hidden] */
  words: HalfTensor;
  /** [positions, hidden] */
  positions: HalfTensor;
  /** [2, hidden]; a single text has type 0 throughout. */
  tokenTypes: HalfTensor;
  norm: LayerNorm;
  layers: EncoderLayer[];
}

/** The checkpoint's tensors by their role. Throws when one is missing or has another shape. */
export function minilmWeights(tensors: Map<string, HalfTensor>): MinilmWeights {
  const { hidden, intermediate, layers, positions, vocabulary } = minilm;

  function tensor(name: string, ...shape: number[]): HalfTensor {
    const stored = tensors.get(name);
    if (!stored) throw new Error(`MiniLM: no tensor ${name}`);
    if (stored.shape.join() !== shape.join()) {
      throw new Error(`MiniLM: expected ${name} of shape [${shape.join()}], got [${stored.shape.join()}]`);
    }
    return stored;
  }
  function linear(name: string, inputs: number, outputs: number): Linear {
    const weight = transpose(tensor(`${name}.weight`, outputs, inputs));
    return { weight, bias: tensor(`${name}.bias`, outputs) };
  }
  function norm(name: string): LayerNorm {
    return { scale: tensor(`${name}.weight`, hidden), bias: tensor(`${name}.bias`, hidden) };
  }
  function layer(index: number): EncoderLayer {
    const prefix = `encoder.layer.${index}`;
    const parts = ['query', 'key', 'value'].map((part) =>
      linear(`${prefix}.attention.self.${part}`, hidden, hidden),
    );
    return {
      queryKeyValue: concatenateColumns(parts),
      attentionOutput: linear(`${prefix}.attention.output.dense`, hidden, hidden),
      attentionNorm: norm(`${prefix}.attention.output.LayerNorm`),
      intermediate: linear(`${prefix}.intermediate.dense`, hidden, intermediate),
      output: linear(`${prefix}.output.dense`, intermediate, hidden),
      outputNorm: norm(`${prefix}.output.LayerNorm`),
    };
  }

  return {
    words: tensor('embeddings.word_embeddings.weight', vocabulary, hidden),
    positions: tensor('embeddings.position_embeddings.weight', positions, hidden),
    tokenTypes: tensor('embeddings.token_type_embeddings.weight', 2, hidden),
    norm: norm('embeddings.LayerNorm'),
    layers: Array.from({ length: layers }, (_, index) => layer(index)),
  };
}

function transpose({ shape, bits }: HalfTensor): HalfTensor {
  const [rows = 0, columns = 0] = shape;
  const transposed = new Uint16Array(bits.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[column * rows + row] = bits[row * columns + column] ?? 0;
    }
  }
  return { shape: [columns, rows], bits: transposed };
}

/** One matrix product for several layers that read the same input. */
function concatenateColumns(parts: Linear[]): Linear {
  const rows = parts[0]?.weight.shape[0] ?? 0;
  const widths = parts.map((part) => part.bias.bits.length);
  const width = widths.reduce((sum, w) => sum + w, 0);
  const weight = new Uint16Array(rows * width);
  const bias = new Uint16Array(width);
  let start = 0;
  for (const part of parts) {
    const partWidth = part.bias.bits.length;
    bias.set(part.bias.bits, start);
    for (let row = 0; row < rows; row++) {
      weight.set(part.weight.bits.subarray(row * partWidth, (row + 1) * partWidth), row * width + start);
    }
    start += partWidth;
  }
  return { weight: { shape: [rows, width], bits: weight }, bias: { shape: [width], bits: bias } };
}
