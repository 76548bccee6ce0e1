import type { ParsedPaper } from '../../../paper/paper';
import { readIds } from '../../../paper/ids';
import type { Format, ParsedDigest } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { Fields, isObject, kindOf, namesOf, signalsOf } from './json-fields';
import { distinct, present } from '../paper-fields';
import { readJsonFile, readJsonRecords, titledPaper, type JsonFile } from './json-records';
import type { RecordReading } from '../records';

const listNames = ['dailyPapers', 'papers', 'results'];
const recordPaths = ['', ...listNames.map((list) => `${list}/`)];

/** Names in a record that wraps a paper, and names in a paper without such a record. */
const wrapperNames = [
  'paper/title',
  'paper/summary',
  'paper/upvotes',
  'paper/publishedAt',
  'isAuthorParticipating',
];
const paperNames = [
  'submittedOnDailyAt',
  'submittedOnDailyBy',
  'discussionId',
  'ai_keywords',
  'ai_summary',
  'thumbnailUrl',
];

/** The daily papers, search results in both of their shapes, and a single paper, as returned by the API. */
export const huggingFace: Format = {
  id: 'hugging-face',
  name: 'Hugging Face JSON',
  fits: looksLikeHuggingFace,
  parse: (text) => readDailyPapers(readJsonFile(text, listNames)),
};

function looksLikeHuggingFace(text: string): boolean {
  const outline = outlineForeignJson(text);
  if (outline === null) return false;
  return (
    outline.names.has('dailyPapers') ||
    hasName(outline, recordPaths, wrapperNames) ||
    // Papers of other sources have an id and a thumbnail too.
    (hasName(outline, recordPaths, paperNames) &&
      hasName(outline, recordPaths, ['title']) &&
      hasName(outline, recordPaths, ['id']))
  );
}

/** The digest has a date when all papers are of that day; search results are of several. */
export function readDailyPapers(file: JsonFile): ParsedDigest {
  const days: (string | undefined)[] = [];
  const digest = readJsonRecords(file, (value, position) => {
    const reading = readEntry(value, position);
    if (reading.paper !== null) days.push(reading.day);
    return reading;
  });
  const [day] = days;
  return { ...digest, ...present({ date: days.every((other) => other === day) ? day : undefined }) };
}

interface EntryReading extends RecordReading {
  /** The day on which it was among the daily papers. */
  day?: string | undefined;
}

/** The paper itself is under `paper`; the outer fields repeat it, except for the comments. */
function readEntry(value: unknown, position: number): EntryReading {
  if (!isObject(value) || Array.isArray(value)) {
    return { paper: null, problems: [`Expected a paper, got ${kindOf(value)}.`] };
  }
  const outer = new Fields(value);
  const inner = outer.get('paper') === undefined ? outer : outer.inner('paper');
  const id = (inner.text('id') ?? '').trim().slice(0, 100);
  const paper: ParsedPaper = {
    title: inner.text('title') ?? outer.text('title') ?? '',
    abstract: inner.text('summary') ?? outer.text('summary') ?? '',
    // Without those that are hidden on the page.
    authors: namesOf(inner, 'authors', (author) =>
      author.get('hidden') === true ? '' : author.text('name'),
    ),
    ids: readIds(id),
    ...present({
      url: /^\w[\w-]*(?:\.[\w-]+)*$/.test(id) ? `https://huggingface.co/papers/${id}` : undefined,
      // Not the outer date, which is that of the submission to Hugging Face.
      date: inner.date('publishedAt'),
      categories: distinct(inner.list('ai_keywords').filter((keyword) => typeof keyword === 'string')),
      signals: signalsOf({
        upvotes: inner.count('upvotes'),
        comments: outer.count('numComments') ?? (inner === outer ? undefined : inner.count('numComments')),
        stars: inner.count('githubStars'),
      }),
    }),
    position,
  };
  const day =
    inner.date('submittedOnDailyAt') ?? (inner === outer ? undefined : outer.date('submittedOnDailyAt'));
  return { ...titledPaper(paper, outer.problems), day };
}
