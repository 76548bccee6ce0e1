import { foldText } from '../../../paper/text/clean';
import { parseDate } from '../../../paper/date';
import { readIds } from '../../../paper/ids';
import type { ColumnRole } from '../../import';
import { isNameList } from '../name-list';

/**
 * Names of columns, folded, the best first: of "Author full names" and "Authors" the first is read. From the exports of
 * Zotero, Scopus, Web of Science, IEEE, Lens, Dimensions, PubMed and arXiv's own list, and plain words in five languages.
 */
const columnNames: readonly [role: ColumnRole, names: readonly string[]][] = [
  [
    'title',
    [
      'title',
      'paper title',
      'article title',
      'document title',
      'work title',
      'titel',
      'titre',
      'titulo',
      'titolo',
    ],
  ],
  ['title', ['titles', 'display name', 'paper', 'papers', 'article', 'name']],
  [
    'abstract',
    [
      'abstract',
      'abstract note',
      'abstracts',
      'paper abstract',
      'abstrakt',
      'zusammenfassung',
      'summary',
      'resume',
    ],
  ],
  ['abstract', ['resumen', 'resumo', 'riassunto', 'description', 'beschreibung', 'tldr', 'tl dr', 'snippet']],
  [
    'authors',
    [
      'author full names',
      'authors full names',
      'full author names',
      'authors',
      'author',
      'author s',
      'author names',
    ],
  ],
  [
    'authors',
    ['authorships author display name', 'creators', 'creator', 'creator s', 'autoren', 'autor', 'auteurs'],
  ],
  ['authors', ['auteur', 'autores', 'autori', 'autore']],
  ['doi', ['doi', 'digital object identifier', 'article doi', 'paper doi', 'doi link', 'doi url']],
  [
    'arxiv',
    ['arxiv', 'arxiv id', 'arxivid', 'arxiv number', 'arxiv identifier', 'eprint', 'arxiv url', 'arxiv link'],
  ],
  [
    'url',
    ['url', 'link', 'paper url', 'paper link', 'article url', 'articleurl', 'urls', 'links', 'source url'],
  ],
  ['url', ['landing page url', 'primary location landing page url', 'source urls', 'lien', 'enlace', 'href']],
  ['url', ['pdf url', 'pdf link', 'pdf']],
  [
    'venue',
    ['source title', 'publication title', 'journal', 'journal title', 'venue', 'conference', 'booktitle'],
  ],
  [
    'venue',
    ['book title', 'container title', 'journal book', 'journal conference', 'published in', 'journal ref'],
  ],
  [
    'venue',
    ['primary location source display name', 'publication', 'zeitschrift', 'revue', 'revista', 'source'],
  ],
];

/** All columns with these names are read. */
const categoryNames = new Set([
  ...['categories', 'category', 'keywords', 'keyword', 'tags', 'tag', 'author keywords', 'index keywords'],
  ...[
    'keywords plus',
    'manual tags',
    'automatic tags',
    'topics',
    'topic',
    'subjects',
    'subject',
    'ieee terms',
  ],
  ...['fields of study', 'primary category', 'schlagworter', 'mots cles', 'palabras clave'],
]);

/** One date column and one year column are read: the year is used in rows without a date. */
const dateNames: readonly (readonly string[])[] = [
  [
    ...[
      'date',
      'publication date',
      'date published',
      'published',
      'published date',
      'published at',
      'publishedat',
    ],
    ...['pub date', 'pubdate', 'cover date', 'submission date', 'datum', 'fecha', 'date de publication'],
  ],
  ['year', 'publication year', 'pub year', 'pubyear', 'jahr', 'annee', 'ano', 'anno'],
];

/** Web of Science names its columns with two letters, which may be words in other tables. */
const webOfScienceNames: readonly [role: ColumnRole, name: string][] = [
  ['title', 'TI'],
  ['abstract', 'AB'],
  ['authors', 'AF'],
  ['authors', 'AU'],
  ['venue', 'SO'],
  ['date', 'PY'],
  ['doi', 'DI'],
  ['categories', 'DE'],
  ['categories', 'ID'],
];

/** The roles of the columns by their names; 'none' for an unknown name. */
export function rolesByName(header: readonly string[]): ColumnRole[] {
  const roles = header.map((): ColumnRole => 'none');
  if (header.includes('TI') && ['AU', 'AB', 'SO'].some((name) => header.includes(name))) {
    for (const [role, name] of webOfScienceNames) {
      const column = header.indexOf(name);
      if (column >= 0 && (role === 'categories' || !roles.includes(role))) roles[column] = role;
    }
    return roles;
  }
  const names = header.map((name) => foldText(name));
  // A hostile table has 100,000 columns, so none is looked for by going through all.
  const columnsByName = new Map<string, number[]>();
  names.forEach((name, column) => {
    const known = columnsByName.get(name);
    if (known === undefined) columnsByName.set(name, [column]);
    else known.push(column);
  });
  const assigned = new Set<ColumnRole>();
  const assign = (role: ColumnRole, column: number): void => {
    roles[column] = role;
    assigned.add(role);
  };
  const assignBest = (role: ColumnRole, candidates: readonly string[]): void => {
    for (const name of candidates) {
      const column = columnsByName.get(name)?.find((at) => roles[at] === 'none');
      if (column === undefined) continue;
      assign(role, column);
      return;
    }
  };
  for (const [role, candidates] of columnNames) {
    if (!assigned.has(role)) assignBest(role, candidates);
  }
  for (const candidates of dateNames) assignBest('date', candidates);
  names.forEach((name, column) => {
    if (categoryNames.has(name)) assign('categories', column);
    else if (/^author ?\d{1,3}$/.test(name)) assign('authors', column);
    else if (roles[column] !== 'none') return;
    else if (!assigned.has('title') && isSomeTitle(name)) assign('title', column);
    else if (!assigned.has('abstract') && /\babstract\b/.test(name)) assign('abstract', column);
  });
  return roles;
}

/** Names that also occur in lists of people, goods and payments. */
const commonNames = new Set([
  ...['name', 'names', 'display name'],
  ...['description', 'beschreibung', 'snippet', 'resume', 'source'],
]);
const paperRoles: readonly ColumnRole[] = ['title', 'abstract', 'authors', 'doi', 'arxiv', 'venue'];

/** Is it a table of papers: does it have a column that only papers have, or both a date and a URL? */
export function isPaperTable(header: readonly string[], roles: readonly ColumnRole[]): boolean {
  if (roles.includes('date') && roles.includes('url')) return true;
  return header.some((name, column) => {
    const role = roles[column];
    return role !== undefined && paperRoles.includes(role) && !commonNames.has(foldText(name));
  });
}

const otherTitlePattern =
  /^(?:short|series|book|translated|event|issue|publication|source|journal|conference|container|volume|job)\b/;

/** "Title (English)", and not "Short title" or "Book title". */
function isSomeTitle(name: string): boolean {
  return /^(?:\w{1,20} )?title\b/.test(name) && !otherTitlePattern.test(name);
}

/** The kind of most cells of a column. */
interface Look {
  kind: 'arxiv' | 'doi' | 'url' | 'date' | 'number' | 'names' | 'text' | 'empty';
  /** Mean length of the cells that are not empty, in characters. */
  length: number;
}

const minAbstractLength = 100;
const minTitleLength = 12;

/** The roles of the columns by their cells, for a table without a header and for columns with an unknown name. */
export function rolesByContent(rows: readonly (readonly string[])[], columns: number): ColumnRole[] {
  const looks = Array.from({ length: columns }, (_, column) => lookOf(rows.map((row) => row[column] ?? '')));
  const roles = looks.map((): ColumnRole => 'none');
  for (const kind of ['arxiv', 'doi', 'url', 'date'] as const) {
    const column = looks.findIndex((look) => look.kind === kind);
    if (column >= 0) roles[column] = kind;
  }
  const texts = looks.flatMap((look, column) => (look.kind === 'text' ? [{ ...look, column }] : []));
  const longest = texts.reduce((a, b) => (b.length > a.length ? b : a), { length: 0, column: -1 });
  if (longest.length >= minAbstractLength) roles[longest.column] = 'abstract';
  const title = texts.find(({ length, column }) => roles[column] === 'none' && length >= minTitleLength);
  const names = looks.findIndex((look) => look.kind === 'names');
  if (title !== undefined) {
    roles[title.column] = 'title';
    if (names >= 0) roles[names] = 'authors';
  } else if (names >= 0 && (looks[names]?.length ?? 0) >= minTitleLength) {
    roles[names] = 'title';
  }
  return roles;
}

function lookOf(cells: readonly string[]): Look {
  const filled = cells.map((cell) => cell.trim().slice(0, 2_000)).filter((cell) => cell !== '');
  if (filled.length === 0) return { kind: 'empty', length: 0 };
  const length = filled.reduce((sum, cell) => sum + cell.length, 0) / filled.length;
  const kinds = filled.map(kindOf);
  const kind = (['arxiv', 'doi', 'url', 'date', 'number', 'names'] as const).find(
    (each) => kinds.filter((own) => own === each).length >= 0.8 * kinds.length,
  );
  return { kind: kind ?? 'text', length };
}

function kindOf(cell: string): Look['kind'] {
  if (/^https?:\/\/\S+$/i.test(cell)) return 'url';
  const ids = readIds(cell);
  if (ids.arxiv !== undefined) return 'arxiv';
  if (ids.doi !== undefined) return 'doi';
  if (parseDate(cell) !== null) return 'date';
  if (/^[-+]?[\d.,]+(?:e[-+]?\d+)?%?$/i.test(cell)) return 'number';
  return isNameList(cell) ? 'names' : 'text';
}

/** Is it a column of ids or links, which distinguishes a table of papers from other lists? */
export function isIdentifying(role: ColumnRole): boolean {
  return role === 'arxiv' || role === 'doi' || role === 'url';
}
