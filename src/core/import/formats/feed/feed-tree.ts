import { isTag, type ChildNode, type Element } from 'domhandler';
import type { Problem } from '../../../paper/paper';
import { lineCounter, readXml } from '../../text/xml';

/** One `<item>` or `<entry>`. */
export interface FeedEntry {
  element: Element;
  /** Shown to the reader with problems: "entry 3, line 120". */
  where: string;
  /** The file ends before this entry does. */
  isCut: boolean;
}

export interface Feed {
  /** The element with the data of the feed: `<channel>`, or `<feed>` itself. */
  head: Element | undefined;
  entries: FeedEntry[];
  problems: Problem[];
}

/** Prefixes are arbitrary; these are the usual ones, by their namespace without its scheme. */
const usualPrefixes: readonly [RegExp, string][] = [
  [/^www\.w3\.org\/2005\/atom$|^purl\.org\/(?:atom\/ns#|rss\/1\.0\/$)|^my\.netscape\.com\/rdf\//, ''],
  [/^purl\.org\/dc\/elements\//, 'dc'],
  [/^purl\.org\/dc\/terms\//, 'dcterms'],
  [/^arxiv\.org\/schemas\/atom/, 'arxiv'],
  [/^purl\.org\/rss\/1\.0\/modules\/content/, 'content'],
  [/^prismstandard\.org\/|^purl\.org\/rss\/1\.0\/modules\/prism/, 'prism'],
  [/^www\.w3\.org\/1999\/02\/22-rdf-syntax-ns/, 'rdf'],
];

const beforeRootPattern = /\s*(?:<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\][^>]*)?>)/iy;
const rootPattern = /\s*<(?:[\w.-]+:)?([\w.-]+)/y;
const entryEndPattern = /<\/(?:[\w.-]+:)?(?:item|entry)\s*>/i;
const feedEndPattern = /<\/(?:[\w.-]+:)?(?:feed|rss|rdf)\s*>/i;
/** Characters at the end that hold the end tag of the feed and what some servers append to it. */
const tailLength = 2_000;

/** Is it XML whose first element is one of a feed? */
export function isFeed(beginning: string): boolean {
  let from = beginning.startsWith('\uFEFF') ? 1 : 0;
  for (beforeRootPattern.lastIndex = from; beforeRootPattern.test(beginning);)
    from = beforeRootPattern.lastIndex;
  rootPattern.lastIndex = from;
  const root = rootPattern.exec(beginning)?.[1]?.toLowerCase();
  return root !== undefined && ['feed', 'rss', 'rdf', 'channel', 'entry', 'item'].includes(root);
}

/** The entries of a feed, wherever they are in the tree. Names of elements are in lower case with their usual prefixes. */
export function readFeed(source: string): Feed {
  const { root, refusal } = readXml(source);
  if (refusal !== null) {
    return { head: undefined, entries: [], problems: [{ where: 'file', why: refusal }] };
  }
  const elements = allElements(root === null ? [] : (root.parent?.children ?? [root]));
  const prefixes = declaredPrefixes(elements);
  for (const element of elements) rename(element, prefixes);
  const tree = elements.filter(isEntry);
  const found = hasNestedEntries(elements) ? readSeparately(source, tree, prefixes) : tree;

  const last = tree.at(-1)?.startIndex ?? 0;
  const isCut = !feedEndPattern.test(source.slice(-tailLength));
  const isLastCut = isCut && tree.length > 0 && !entryEndPattern.test(source.slice(last));
  const lineOf = lineCounter(source);
  const entries = found.map((element, index) => ({
    element,
    where: `entry ${index + 1}, line ${lineOf(tree[index]?.startIndex ?? 0)}`,
    isCut: isLastCut && index === tree.length - 1,
  }));
  const problems: Problem[] = [];
  if (isCut && !isLastCut && !(root !== null && isEntry(root))) {
    const place = tree.length === 0 ? 'before its first entry' : `after entry ${tree.length}`;
    problems.push({ where: 'end of file', why: `The file is cut off ${place}.` });
  }
  return {
    head: elements.find(({ name }) => name === 'channel' || name === 'feed'),
    entries,
    problems,
  };
}

/** In document order. */
function allElements(nodes: readonly ChildNode[]): Element[] {
  const found: Element[] = [];
  const stack = [...nodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isTag(node)) continue;
    found.push(node);
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child !== undefined) stack.push(child);
    }
  }
  return found;
}

function declaredPrefixes(elements: readonly Element[]): Map<string, string> {
  const prefixes = new Map<string, string>();
  for (const { attribs } of elements) {
    for (const [name, value] of Object.entries(attribs)) {
      const declared = /^xmlns:(\S{1,100})$/.exec(name)?.[1];
      if (declared === undefined || prefixes.has(declared)) continue;
      const address = value
        .trim()
        .replace(/^https?:\/\//i, '')
        .toLowerCase();
      const usual = usualPrefixes.find(([pattern]) => pattern.test(address))?.[1];
      prefixes.set(declared, usual ?? declared);
    }
  }
  return prefixes;
}

function rename(element: Element, prefixes: ReadonlyMap<string, string>): void {
  const colon = element.name.indexOf(':');
  const written = colon < 0 ? '' : element.name.slice(0, colon);
  const prefix = prefixes.get(written) ?? written;
  const local = element.name.slice(colon + 1);
  element.name = (prefix === '' ? local : `${prefix}:${local}`).toLowerCase();
}

function isEntry({ name }: Element): boolean {
  return name === 'item' || name === 'entry';
}

/** Is an entry inside another? The parser nests them when an earlier one was not closed. */
function hasNestedEntries(elements: readonly Element[]): boolean {
  const inEntry = new Set<Element>();
  for (const element of elements) {
    const { parent } = element;
    if (parent === null || !isTag(parent) || !(isEntry(parent) || inEntry.has(parent))) continue;
    if (isEntry(element)) return true;
    inEntry.add(element);
  }
  return false;
}

/** Parses each entry again from its own part of the text, which ends where the next one begins. */
function readSeparately(
  source: string,
  nested: readonly Element[],
  prefixes: ReadonlyMap<string, string>,
): Element[] {
  return nested.map((entry, index) => {
    const piece = source.slice(entry.startIndex ?? 0, nested[index + 1]?.startIndex ?? undefined);
    const { root } = readXml(piece);
    if (root === null) return entry;
    for (const element of allElements([root])) rename(element, prefixes);
    return root;
  });
}
