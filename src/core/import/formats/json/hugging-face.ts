import type { ParsedPaper } from '../../../paper/paper';
import { readIds } from '../../../paper/ids';
import type { Format, ParsedDigest } from '../../import';
import { hasName, outlineForeignJson } from '../../json-outline';
import { distinct, Fields, isObject, kindOf, namesOf, present, signalsOf } from './json-fields';
import { readJsonFile, takeRecords, titledPaper, type JsonFile, type RecordReading } from './json-records';

const LISTS = ['dailyPapers', 'papers', 'results'];
const PATHS = ['', ...LISTS.map((list) => `${list}/`)];

/** Names that a record has round the paper, and that a paper has which stands by itself. */
const OUTER = ['paper/title', 'paper/summary', 'paper/upvotes', 'paper/publishedAt', 'isAuthorParticipating'];
const FLAT = [
  'submittedOnDailyAt',
  'submittedOnDailyBy',
  'discussionId',
  'ai_keywords',
  'ai_summary',
  'thumbnailUrl',
];

/** The daily papers, search results in both of their shapes, and a single paper, as the interface gives them. */
export const huggingFace: Format = {
  id: 'hugging-face',
  name: 'Hugging Face JSON',
  fits: looksLikeHuggingFace,
  parse: (text) => readDailyPapers(readJsonFile(text, LISTS)),
};

function looksLikeHuggingFace(text: string): boolean {
  const outline = outlineForeignJson(text);
  if (outline === null) return false;
  return (
    outline.names.has('dailyPapers') ||
    hasName(outline, PATHS, OUTER) ||
    // Others have papers with an id and a thumbnail too.
    (hasName(outline, PATHS, FLAT) && hasName(outline, PATHS, ['title']) && hasName(outline, PATHS, ['id']))
  );
}

/** The digest is of a day when every paper says so; the results of a search are of many. */
export function readDailyPapers(file: JsonFile): ParsedDigest {
  const days: (string | undefined)[] = [];
  const digest = takeRecords(file, (value, position) => {
    const reading = readEntry(value, position);
    if (reading.paper !== null) days.push(reading.day);
    return reading;
  });
  const [day] = days;
  return { ...digest, ...present({ date: days.every((other) => other === day) ? day : undefined }) };
}

interface EntryReading extends RecordReading {
  /** On which it was among the daily papers. */
  day?: string | undefined;
}

/** The paper itself stands under `paper`; what is outside repeats it, save for the comments. */
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
    // Less those who are hidden on the page.
    authors: namesOf(inner, 'authors', (author) =>
      author.get('hidden') === true ? '' : author.text('name'),
    ),
    ids: readIds(id),
    ...present({
      url: /^\w[\w-]*(?:\.[\w-]+)*$/.test(id) ? `https://huggingface.co/papers/${id}` : undefined,
      // Not the outer one, which is when it was submitted here.
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
