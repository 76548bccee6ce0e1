import type { Container, OpenOptions, Part } from './containers/container';
import { containerOf } from './containers/containers';
import { decodeText } from './decode';
import { detect } from './detect';
import { maxFileBytes, type Format, type ParseOptions } from './import';
import { maxContainerDepth, megabytes, megabytesOver } from './limits';
import { ReadingCollector, nothingMessage, unknownMessage, unread, type PartReading } from './part-reading';
import { binaryName } from './unread';

export interface ReadOptions extends OpenOptions {
  parse: ParseOptions;
}

export const ourFaultMessage = 'Reading it failed, which is a fault of Digest Atlas and not of the file.';

/** Enough for the headers of a mail and for any magic number. */
const headBytes = 65_536;

/** The byte order mark of UTF-8, decoded as Windows-1252. */
const utf8MarkPattern = /^ï»¿/;

/** Reads a file, or a piece of a container. Never throws. `depth`: how many containers enclose it. */
export async function readPart(part: Part, options: ReadOptions, depth: number): Promise<PartReading> {
  const { content } = part;
  if (!(content instanceof Uint8Array)) return readForms(content, options.parse);
  if (content.length === 0) return unread('empty file', nothingMessage);
  if (content.length > maxFileBytes) {
    const size = megabytesOver(content.length, maxFileBytes);
    const why = `${size}; at most ${megabytes(maxFileBytes)} are read. Split it and add the parts.`;
    return unread('too large', why);
  }
  const head = options
    .decode(content.subarray(0, headBytes), 'windows-1252', false)
    .replace(utf8MarkPattern, '');
  const container = part.container ?? containerOf(content, head);
  if (container !== null) {
    if (depth < maxContainerDepth) return readPieces(container, content, options, depth + 1);
    return unread(
      container.name,
      `It is packed more than ${maxContainerDepth} deep. Unpack it and add its files.`,
    );
  }
  const binary = binaryName(content);
  if (binary !== null) return unread(binary, notRead(binary));
  const { text, problem } = decodeText(content, options.decode);
  const read = readText(text, options.parse);
  return problem === undefined || read.unread !== undefined
    ? read
    : { ...read, problems: [problem, ...read.problems] };
}

/** The first form that holds papers; else the first that could be read at all. */
function readForms(forms: readonly string[], options: ParseOptions): PartReading {
  const readings: PartReading[] = [];
  for (const form of forms) {
    const read = readText(form, options);
    if (read.papers.length > 0) return read;
    readings.push(read);
  }
  return (
    readings.find((read) => read.unread === undefined) ?? readings[0] ?? unread('empty file', nothingMessage)
  );
}

function readText(text: string, options: ParseOptions): PartReading {
  if (text.trim() === '') return unread('empty file', nothingMessage);
  if (text.includes('\0')) return unread('not text', 'Neither text nor a kind of file known here.');
  const detection = detect(text);
  if (detection.kind === 'unread') return unread(detection.name, notRead(detection.name));
  if (detection.kind === 'unknown') return unread('unknown', unknownMessage);
  return parseText(text, detection.format, options);
}

function parseText(text: string, format: Format, options: ParseOptions): PartReading {
  try {
    const { papers, problems, ...about } = format.parse(text, options);
    if (papers.length === 0 && problems.length === 0) return unread(format.name, nothingMessage, format);
    return { ...about, papers, problems, formats: [format] };
  } catch (error) {
    // No format throws on purpose. A bug in one must not lose the other files of a container.
    const fault = error instanceof Error ? error.message : String(error);
    return unread(format.name, `${ourFaultMessage} (${format.name}: ${fault})`, format);
  }
}

/** Reads the pieces one after the other into one digest. */
async function readPieces(
  container: Container,
  bytes: Uint8Array,
  options: ReadOptions,
  depth: number,
): Promise<PartReading> {
  const opened = await container.open(bytes, options);
  if (opened.unread !== undefined) return unread(opened.unread, notRead(opened.unread));
  const collector = new ReadingCollector();
  for await (const piece of opened.pieces) {
    if ('problem' in piece) collector.addProblem(piece.problem);
    else if (collector.isFull) collector.skip(piece);
    else collector.add(piece, await readPart(piece, options, depth));
  }
  return collector.finish({ id: container.id, label: container.label(collector.pieces) }, opened);
}

function notRead(name: string): string {
  return `${name}: not yet read by Digest Atlas. Add its papers as BibTeX, RIS, CSV or plain text instead.`;
}
