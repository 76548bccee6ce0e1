import { parseDate } from '../../../paper/date';
import type { Problem } from '../../../paper/paper';
import type { Format, ParsedDigest } from '../../import';
import { elements, parseHtml } from '../../text/html';
import { readDailyPapers } from './hugging-face';
import { isObject } from './json-fields';
import { present } from '../paper-fields';
import { readJson } from '../../json-text';
import { recordsOf } from './json-records';

/** A saved page of daily papers. Its components carry their data as JSON in an attribute. */
export const huggingFacePage: Format = {
  id: 'hugging-face-page',
  name: 'Hugging Face page',
  fits: (text) =>
    text.includes('SVELTE_HYDRATER') &&
    text.includes('data-props=') &&
    /data-target=["']?(?:DailyPapers|Paper)|(?:&quot;|&#34;|")dailyPapers(?:&quot;|&#34;|")/.test(text),
  parse: parsePage,
};

function parsePage(text: string): ParsedDigest {
  const problems: Problem[] = [];
  for (const element of elements(parseHtml(text), 'div')) {
    const { class: names = '', 'data-target': target = '', 'data-props': props } = element.attribs;
    if (props === undefined || !/\bSVELTE_HYDRATER\b/.test(names)) continue;
    const reading = readJson(props);
    if (reading.fault !== undefined) {
      // Other components of the page hold no papers, so nothing is lost.
      if (!holdsPapers(target)) continue;
      const { line, column, why } = reading.fault;
      problems.push({
        where: `data-props of ${target}, line ${line}, column ${column}`,
        why: `Not valid JSON: ${why}`,
      });
      continue;
    }
    const records = recordsIn(reading.value);
    if (records === null) continue;
    const digest = readDailyPapers(recordsOf(records));
    const date = dateIn(reading.value) ?? digest.date;
    return { papers: digest.papers, problems: [...problems, ...digest.problems], ...present({ date }) };
  }
  if (problems.length === 0) problems.push({ where: 'file', why: noListMessage });
  return { papers: [], problems };
}

const noListMessage =
  'The page holds no list of papers. It may have been cut off, or saved before it was drawn.';

function holdsPapers(target: string): boolean {
  return /^(?:DailyPapers|Paper)/.test(target);
}

/** The list of papers of a list page, or the one paper of a paper page. */
function recordsIn(props: unknown): unknown[] | null {
  for (const name of ['dailyPapers', 'papers']) {
    const list = own(props, name);
    if (Array.isArray(list)) return list;
  }
  const paper = own(props, 'paper');
  return isObject(paper) ? [paper] : null;
}

/** Undefined for the page of a week, which is not a calendar date. */
function dateIn(props: unknown): string | undefined {
  const date = own(props, 'dateString');
  return typeof date === 'string' ? (parseDate(date) ?? undefined) : undefined;
}

function own(value: unknown, name: string): unknown {
  return isObject(value) ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
