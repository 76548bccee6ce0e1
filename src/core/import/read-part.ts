import type { Container, Opening, Part } from './containers/container';
import { containerOf } from './containers/containers';
import { decodeText } from './decode';
import { detect } from './detect';
import { MAX_FILE_BYTES, type Format, type ParseOptions } from './import';
import { MAX_DEPTH, megabytes } from './limits';
import { Gathering, NOTHING, UNKNOWN, unread, type PartReading } from './part-reading';
import { binaryName } from './unread';

export interface Reading extends Opening {
  parse: ParseOptions;
}

export const OUR_FAULT = 'Reading it failed, which is a fault of Digest Atlas and not of the file.';

/** A container's head of headers, and more than any magic number. */
const HEAD_BYTES = 65_536;

/** The byte order mark of UTF-8, read as Windows-1252. */
const UTF_8_MARK = /^ï»¿/;

/** Never throws, whatever the bytes. `depth`: containers round it. */
export async function readPart(part: Part, reading: Reading, depth: number): Promise<PartReading> {
  const { content } = part;
  if (!(content instanceof Uint8Array)) return readForms(content, reading.parse);
  if (content.length === 0) return unread('empty file', NOTHING);
  if (content.length > MAX_FILE_BYTES) {
    const why = `${megabytes(content.length)}; at most ${megabytes(MAX_FILE_BYTES)} are read. Split it and add the parts.`;
    return unread('too large', why);
  }
  const head = reading.decode(content.subarray(0, HEAD_BYTES), 'windows-1252', false).replace(UTF_8_MARK, '');
  const container = part.container ?? containerOf(content, head);
  if (container !== null) {
    if (depth < MAX_DEPTH) return readPieces(container, content, reading, depth + 1);
    return unread(container.name, `It is packed more than ${MAX_DEPTH} deep. Unpack it and add its files.`);
  }
  const binary = binaryName(content);
  if (binary !== null) return unread(binary, notRead(binary));
  const { text, problem } = decodeText(content, reading.decode);
  const read = readText(text, reading.parse);
  return problem === undefined || read.unread !== undefined
    ? read
    : { ...read, problems: [problem, ...read.problems] };
}

/** The first form that holds papers; else the first that has anything to say. */
function readForms(forms: readonly string[], options: ParseOptions): PartReading {
  const readings: PartReading[] = [];
  for (const form of forms) {
    const read = readText(form, options);
    if (read.papers.length > 0) return read;
    readings.push(read);
  }
  return readings.find((read) => read.unread === undefined) ?? readings[0] ?? unread('empty file', NOTHING);
}

function readText(text: string, options: ParseOptions): PartReading {
  if (text.trim() === '') return unread('empty file', NOTHING);
  if (text.includes('\0')) return unread('not text', 'Neither text nor a kind of file known here.');
  const detection = detect(text);
  if (detection.kind === 'unread') return unread(detection.name, notRead(detection.name));
  if (detection.kind === 'unknown') return unread('unknown', UNKNOWN);
  return parseText(text, detection.format, options);
}

function parseText(text: string, format: Format, options: ParseOptions): PartReading {
  try {
    const { papers, problems, ...about } = format.parse(text, options);
    if (papers.length === 0 && problems.length === 0) return unread(format.name, NOTHING, format);
    return { ...about, papers, problems, formats: [format] };
  } catch (error) {
    // No format throws on purpose. The files beside this one must not pay for one that does.
    const fault = error instanceof Error ? error.message : String(error);
    return unread(format.name, `${OUR_FAULT} (${format.name}: ${fault})`, format);
  }
}

/** Reads the pieces one after the other: a digest is one file, whatever it holds. */
async function readPieces(
  container: Container,
  bytes: Uint8Array,
  reading: Reading,
  depth: number,
): Promise<PartReading> {
  const opened = await container.open(bytes, reading);
  if (opened.unread !== undefined) return unread(opened.unread, notRead(opened.unread));
  const gathering = new Gathering();
  for await (const piece of opened.pieces) {
    if ('problem' in piece) gathering.addProblem(piece.problem);
    else if (gathering.isFull) gathering.leaveOut(piece);
    else gathering.add(piece, await readPart(piece, reading, depth));
  }
  return gathering.finish({ id: container.id, label: container.label(gathering.pieces) }, opened);
}

function notRead(name: string): string {
  return `${name}: not yet read by Digest Atlas. Add its papers as BibTeX, RIS, CSV or plain text instead.`;
}
