/** A kind of file that is recognised, so that the report can name it, and that no format of ours reads yet. */
export interface UnreadFormat {
  /** For the reader, as in "BibTeX is not yet read". */
  name: string;
  fits(beginning: string): boolean;
}

const MAGIC: readonly [name: string, ...bytes: number[]][] = [
  ['PDF', 0x25, 0x50, 0x44, 0x46, 0x2d],
  ['A zip file', 0x50, 0x4b, 0x03, 0x04],
  ['A zip file', 0x50, 0x4b, 0x05, 0x06],
  ['A gzip file', 0x1f, 0x8b, 0x08],
  ['A PNG image', 0x89, 0x50, 0x4e, 0x47],
  ['A JPEG image', 0xff, 0xd8, 0xff],
  ['A GIF image', 0x47, 0x49, 0x46, 0x38],
];

/** The name of a kind of file that is not text, by its first bytes. */
export function binaryName(bytes: Uint8Array): string | null {
  const found = MAGIC.find(([, ...magic]) => magic.every((byte, index) => bytes[index] === byte));
  return found ? found[0] : null;
}

function isForeignJson(text: string): boolean {
  return /^\s*[[{]/.test(text) && !/"format"\s*:\s*"digest-atlas"/.test(text.slice(0, 1_000));
}

/** Before our own formats: mail may hold any of them. */
export const unreadMail: readonly UnreadFormat[] = [
  { name: 'A mailbox (mbox)', fits: (text) => /^From \S{1,200} .{0,100}\d{4}[ \t]*\r?\n/.test(text) },
  {
    name: 'An arXiv listing mail',
    fits: (text) => /^\\\\[ \t\r]*$/m.test(text) && /^arXiv:\S+/m.test(text) && !isMimeMail(text),
  },
  { name: 'A mail message (EML)', fits: isMail },
];

/** A run of header lines, two or more of which only mails have. */
function isMail(text: string): boolean {
  const [head = ''] = text.trimStart().split(/\r?\n\r?\n/, 1);
  const isHeader = head.split(/\r?\n/).every((line) => /^(?:[A-Za-z][\w-]*:|[ \t])/.test(line));
  const names = head.match(
    /^(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type|Delivered-To)(?=:)/gim,
  );
  return isHeader && new Set(names?.map((name) => name.toLowerCase())).size >= 2;
}

function isMimeMail(text: string): boolean {
  return isMail(text) && /^(?:MIME-Version|Content-Type):/im.test(text);
}

/** JSON of other systems, by the keys that only they have. Before our own JSON, which takes any list of titles. */
export const unreadJson: readonly UnreadFormat[] = [
  {
    name: 'Hugging Face JSON',
    fits: (text) =>
      isForeignJson(text) && /"dailyPapers"\s*:|"paper"\s*:\s*\{[^{}]*"(?:id|title|upvotes)"/.test(text),
  },
  {
    name: 'OpenAlex JSON',
    fits: (text) =>
      isForeignJson(text) &&
      /"abstract_inverted_index"\s*:|"id"\s*:\s*"https:\/\/openalex\.org\/W/.test(text),
  },
  {
    name: 'Semantic Scholar JSON',
    fits: (text) =>
      isForeignJson(text) && /"paperId"\s*:|"recommendedPapers"\s*:|"externalIds"\s*:/.test(text),
  },
  {
    name: 'CSL-JSON',
    fits: (text) =>
      isForeignJson(text) &&
      /"date-parts"\s*:|"container-title"\s*:|"author"\s*:\s*\[\s*\{\s*"family"/.test(text),
  },
];

/** Texts with marks of their own. Before plain text, which has none. */
export const unreadText: readonly UnreadFormat[] = [
  { name: 'A PubMed file (XML)', fits: (text) => /<PubmedArticle(?:Set)?[\s>]/.test(text) && isXml(text) },
  { name: 'An Atom feed', fits: (text) => isXml(text) && /<(?:\w+:)?feed[\s>]/.test(text) },
  { name: 'An RSS feed', fits: (text) => isXml(text) && /<(?:rss|rdf:RDF)[\s>]/i.test(text) },
  { name: 'A web page (HTML)', fits: isHtml },
  { name: 'An SVG image', fits: (text) => isXml(text) && /<svg[\s>]/i.test(text) },
  { name: 'XML', fits: isXml },
  { name: 'RIS', fits: (text) => /^TY {1,2}-/m.test(text.slice(0, 2_000)) },
  { name: 'A PubMed file (nbib)', fits: (text) => /^PMID ?- ?\d+/m.test(text.slice(0, 2_000)) },
  { name: 'BibTeX', fits: (text) => /^[ \t]*@[A-Za-z]+\s*[{(]/m.test(text) },
  { name: 'A table (CSV or TSV)', fits: isTable },
  { name: 'A Markdown list', fits: isMarkdown },
];

function isHtml(text: string): boolean {
  return /^\s*</.test(text) && /<(?:!doctype html|html|head|body|div|p|table)\b/i.test(text.slice(0, 2_000));
}

function isXml(text: string): boolean {
  return /^\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z])/i.test(text);
}

/** Several lines of as many separators each, or a header row that names the columns of papers. */
function isTable(text: string): boolean {
  const [header = '', ...rows] = text.trimStart().split(/\r\n|\r|\n/, 6);
  return [',', ';', '\t'].some((separator) => {
    const columns = header.split(separator).map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
    if (columns.length < 2 || columns.some((name) => name.length > 60)) return false;
    if (columns.includes('title')) return true;
    const counts = rows.filter((row) => row !== '').map((row) => row.split(separator).length);
    return separator === '\t' && counts.length > 1 && counts.every((count) => count === columns.length);
  });
}

function isMarkdown(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/, 60).filter((line) => line.trim() !== '');
  const marked = lines.filter((line) => /^\s*(?:[-*+] |\d+[.)] |#{1,6} |\||```|> )/.test(line));
  return marked.length >= 2 && marked.length >= 0.3 * lines.length;
}
