import { cleanText } from '../paper/clean';
import { parseDate } from '../paper/date';
import { identify } from '../paper/identity';
import type { IdentifiedPaper, ParsedPaper, Problem } from '../paper/paper';
import { decodeText, type DecodeBytes } from './decode';
import { detect } from './detect';
import { MAX_FILE_BYTES } from './import';
import { binaryName } from './unread';

export const MAX_PAPERS = 50_000;
/** Characters of an abstract that are kept. */
export const MAX_ABSTRACT = 20_000;
const MAX_TITLE = 5_000;
const MAX_AUTHORS = 3_000;
/** More is no report that anyone reads. */
const MAX_PROBLEMS = 100;

/** What a file holds, ready to be merged into a library. */
export interface FileReading {
  /** Id of the format that read it, or null when none did. */
  format: string | null;
  /** For the reader. */
  formatName: string;
  digestName: string;
  date?: string;
  papers: IdentifiedPaper[];
  problems: Problem[];
}

/** Never throws: what is wrong with the file is in `problems`. */
export function readFile(input: { name: string; bytes: Uint8Array }, decode: DecodeBytes): FileReading {
  const { bytes } = input;
  const digestName = nameOf(input.name);
  const unreadable = (formatName: string, why: string): FileReading => ({
    format: null,
    formatName,
    digestName,
    papers: [],
    problems: [{ where: 'file', why }],
  });

  if (bytes.length === 0) return unreadable('empty file', NOTHING);
  if (bytes.length > MAX_FILE_BYTES) {
    const megabytes = Math.ceil(bytes.length / 1_000_000);
    return unreadable('too large', `${megabytes} MB; at most ${MAX_FILE_BYTES / 1_000_000} MB are read.`);
  }
  const binary = binaryName(bytes);
  if (binary !== null) return unreadable(binary, notYetRead(binary));

  const { text, problem } = decodeText(bytes, decode);
  if (text.trim() === '') return unreadable('empty file', NOTHING);
  if (text.includes('\0')) return unreadable('not text', 'Neither text nor a kind of file known here.');
  const detection = detect(text);
  if (detection.kind === 'unread') return unreadable(detection.name, notYetRead(detection.name));
  if (detection.kind === 'unknown') return unreadable('unknown', 'None of the formats known here.');

  const { format } = detection;
  const parsed = format.parse(text);
  const problems = problem === undefined ? [] : [problem];
  problems.push(...parsed.problems);
  const papers = takePapers(parsed.papers, problems);
  if (papers.length === 0 && problems.length === 0) problems.push({ where: 'file', why: NOTHING });
  const date = parsed.date === undefined ? null : parseDate(parsed.date);
  return {
    format: format.id,
    formatName: format.name,
    digestName: cleanText(parsed.name ?? '') || digestName,
    ...(date === null ? {} : { date }),
    papers,
    problems: shorten(problems),
  };
}

const NOTHING = 'There is nothing in it.';

function notYetRead(name: string): string {
  return `${name}: not yet read by Digest Atlas.`;
}

/** The file's name without folders and ending. */
function nameOf(file: string): string {
  const base = file.split(/[\\/]/).at(-1) ?? '';
  return cleanText(base.replace(/(?<=.)\.[^.]{1,8}$/, '')).slice(0, 200) || 'Untitled digest';
}

/** Holds the records to the limits. Says each cut, because the reader would take the rest for the whole. */
function takePapers(parsed: ParsedPaper[], problems: Problem[]): IdentifiedPaper[] {
  if (parsed.length > MAX_PAPERS) {
    const why = `${parsed.length} papers; only the first ${MAX_PAPERS} are read.`;
    problems.push({ where: 'file', why });
  }
  return parsed.slice(0, MAX_PAPERS).map((paper) => {
    if (paper.abstract.length > MAX_ABSTRACT) {
      const why = `Abstract of ${paper.abstract.length} characters cut at ${MAX_ABSTRACT}.`;
      problems.push({ where: `paper ${paper.position + 1}`, why });
    }
    return identify({
      ...paper,
      title: paper.title.slice(0, MAX_TITLE),
      abstract: paper.abstract.slice(0, MAX_ABSTRACT),
      authors: paper.authors.slice(0, MAX_AUTHORS),
    });
  });
}

function shorten(problems: Problem[]): Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const left = problems.length - MAX_PROBLEMS;
  return [...problems.slice(0, MAX_PROBLEMS), { where: 'file', why: `And ${left} more of the kind.` }];
}
