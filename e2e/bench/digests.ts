import { createRandom } from '../../src/core/random';

/** A digest file generated for a bench. */
export interface GeneratedDigest {
  file: string;
  bytes: Buffer;
}

const entries = 5000;
const listingItems = 97;
/** How many of them are replaced papers, which a listing gives without an abstract. */
const replacedItems = 40;

/** The same files each time: as rich as real ones, with macros, accents, mathematics and long abstracts. */
export function generatedDigests(): GeneratedDigest[] {
  const papers = Array.from({ length: entries }, (_, at) => generatedPaper(at));
  return [
    { file: 'made-5000.bib', bytes: Buffer.from(bibtexOf(papers)) },
    { file: 'made-5000.ris', bytes: Buffer.from(papers.map(risOf).join('\r\n')) },
    { file: 'made-5000.json', bytes: Buffer.from(JSON.stringify(papers.map(recordOf))) },
    { file: 'made-97.txt', bytes: Buffer.from(listingOf(papers.slice(0, listingItems))) },
  ];
}

interface GeneratedPaper {
  at: number;
  arxiv: string;
  doi: string;
  year: number;
  title: string;
  abstract: string;
  authors: { given: string; family: string }[];
}

const nouns = [
  'sediment',
  'lichen',
  'glacier',
  'comet',
  'estuary',
  'moth',
  'kernel',
  'lattice',
  'graph',
  'tide',
];
const verbs = ['measure', 'bound', 'compare', 'recover', 'sample', 'estimate', 'rank', 'smooth'];
const adjectives = ['sparse', 'coupled', 'noisy', 'slow', 'convex', 'seasonal', 'nested', 'periodic'];
const families = ['Márquez', "O'Brien", 'van der Berg', 'Šimić', 'Ångström', 'Nguyễn', 'Smith', 'Özdemir'];
const givens = ['Zoë', 'Wei', 'Jan', 'Ana', 'Léa', 'Minh', 'Ruth', 'Çağla'];

function generatedPaper(at: number): GeneratedPaper {
  const random = createRandom(at + 1);
  const pick = (from: readonly string[]): string => from[Math.floor(random.unit() * from.length)] ?? '';
  const sentence = () =>
    `We ${pick(verbs)} the ${pick(adjectives)} ${pick(nouns)} of each ${pick(nouns)} with $a_{${at % 7}} < b^2$ and gain ${1 + (at % 30)}% on ${pick(adjectives)} ${pick(nouns)} sets.`;
  return {
    at,
    arxiv: `26${String(1 + (at % 12)).padStart(2, '0')}.${String(10_000 + at)}`,
    doi: `10.9999/made_${at}.${at % 9}`,
    year: 2020 + (at % 7),
    title: `The ${pick(adjectives)} ${pick(nouns)} no. ${at}: how to ${pick(verbs)} a $k$-${pick(adjectives)} ${pick(nouns)}`,
    abstract: Array.from({ length: 7 }, sentence).join(' '),
    authors: Array.from({ length: 2 + (at % 4) }, () => ({ given: pick(givens), family: pick(families) })),
  };
}

const accents: Record<string, string> = {
  á: "{\\'a}",
  ë: '{\\"e}',
  Š: '\\v{S}',
  ć: "\\'{c}",
  Å: '{\\AA}',
  ö: '\\"o',
  Ö: '{\\"O}',
  é: "\\'e",
  ç: '\\c{c}',
  Ç: '\\c{C}',
  ğ: '\\u{g}',
};

const tex = (text: string): string =>
  text.replace(/[^ -~]/g, (letter) => accents[letter] ?? letter).replaceAll('%', '\\%');

function bibtexOf(papers: readonly GeneratedPaper[]): string {
  const head = '% Encoding: UTF-8\n@string{jq = "Journal of Quokka"}\n\n';
  return head + papers.map(entryOf).join('\n');
}

function entryOf({ at, arxiv, doi, year, title, abstract, authors }: GeneratedPaper): string {
  const names = authors.map(({ given, family }) => `${tex(family)}, ${tex(given)}`).join(' and ');
  return `@article{made${at},
  title = {{${tex(title.slice(0, 3))}}${tex(title.slice(3))}},
  author = {${names}},
  journal = jq # " (online)",
  year = ${year},
  month = nov,
  abstract = {${tex(abstract)} We use \\emph{hard} sets \\& more.},
  eprint = {${arxiv}},
  archivePrefix = {arXiv},
  primaryClass = {cs.LG},
  doi = {${doi}},
  url = {https://arxiv.org/abs/${arxiv}v2},
  keywords = {maps, sparse}
}
`;
}

function risOf({ arxiv, doi, year, title, abstract, authors }: GeneratedPaper): string {
  return [
    'TY  - JOUR',
    `TI  - ${title}`,
    ...authors.map(({ given, family }) => `AU  - ${family}, ${given}`),
    `PY  - ${year}/11/19/`,
    `AB  - ${abstract}`,
    'KW  - maps',
    `DO  - ${doi}`,
    `UR  - https://arxiv.org/abs/${arxiv}`,
    'ER  - ',
    '',
  ].join('\r\n');
}

function recordOf({ arxiv, doi, year, title, abstract, authors }: GeneratedPaper) {
  return {
    title,
    abstract,
    authors: authors.map(({ given, family }) => `${given} ${family}`),
    arxiv,
    doi,
    year,
  };
}

const rule = `${'-'.repeat(78)}\n`;

function listingOf(papers: readonly GeneratedPaper[]): string {
  const head = `Date: Mon, 23 Nov 26 01:29:12 GMT
Subject: cs.LG daily Subj-class mailing

${rule}${rule}Send any comments regarding submissions directly to submitter.
${rule}Archives at http://arxiv.org/
${rule} Submissions to:
Machine Learning
 received from  Thu 19 Nov 26 19:00:00 GMT  to  Fri 20 Nov 26 19:00:00 GMT
${rule}${rule}`;
  const items = papers.map((paper, at) => {
    const { arxiv, title, abstract, authors } = paper;
    const names = authors.map(({ given, family }) => tex(`${given} ${family}`)).join(', ');
    const isReplaced = at >= papers.length - replacedItems;
    const first = isReplaced
      ? 'replaced with revised version Fri, 20 Nov 2026 10:00:13 GMT   (900kb,D)'
      : 'Date: Thu, 19 Nov 2026 20:00:02 GMT   (1200kb,D)';
    const body = isReplaced ? '' : `\\\\\n${folded(tex(abstract), '')}\n`;
    return `\\\\
arXiv:${arxiv}
${first}

Title: ${folded(tex(title), '  ')}
Authors: ${folded(names, '  ')}
Categories: cs.LG stat.ML
${body}\\\\ ( https://arxiv.org/abs/${arxiv},  900kb)
`;
  });
  const sections = [
    items.slice(0, papers.length - replacedItems),
    items.slice(papers.length - replacedItems),
  ];
  return (
    head + sections.map((section) => section.join(rule)).join(`${'%%--'.repeat(20).slice(0, 78)}\n${rule}`)
  );
}

/** Wrapped at 78 characters, as in mails. */
function folded(text: string, indent: string): string {
  return text.replace(/(.{1,76})(?:\s+|$)/g, (_, line: string) => `${line}\n${indent}`).trimEnd();
}
