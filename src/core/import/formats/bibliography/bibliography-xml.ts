import { isTag, type ChildNode, type Element } from 'domhandler';
import type { ParsedPaper, Problem } from '../../../paper/paper';
import type { ParsedDigest } from '../../import';
import { child, readXml } from '../../text/xml';
import { recordProblems } from '../record-problems';

export interface RecordReading {
  /** Null when there is nothing to read in the record. */
  paper: ParsedPaper | null;
  /** By which a reader finds it, as far as it has a name: "PMID 123". */
  name?: string;
  /** Each is one field that was left out. */
  problems: string[];
}

/** Each element of those names by itself: a broken one costs one paper. */
export function parseRecords(
  source: string,
  names: readonly string[],
  read: (record: Element, position: number) => RecordReading,
): ParsedDigest {
  const { root, refusal } = readXml(source);
  if (root === null) return { papers: [], problems: [{ where: 'file', why: refusal ?? 'No XML element.' }] };
  const papers: ParsedPaper[] = [];
  const problems: Problem[] = [];
  const records = takeRecords(root, names);
  records.forEach((record, index) => {
    const { paper, name, problems: whys } = read(record, papers.length);
    const where = `record ${index + 1}${name === undefined ? '' : ` (${name})`}`;
    const isCut = index === records.length - 1 && !isClosed(source, record);
    const reason = reasonToSkip(paper, isCut);
    const cut = isCut ? ['The file ends within this record.'] : [];
    problems.push(
      ...recordProblems(where, [...whys, ...(reason === null ? cut : [reason])], reason === null),
    );
    if (paper !== null && reason === null) papers.push(isCut ? { ...paper, isExcerpt: true } : paper);
  });
  if (!isClosed(source, root) && isClosed(source, records.at(-1) ?? null)) {
    problems.push({ where: 'end of file', why: `The file is cut off after record ${records.length}.` });
  }
  return { papers, problems };
}

/** Or null when it is taken. What is cut off before its abstract may have half a title. */
function reasonToSkip(paper: ParsedPaper | null, isCut: boolean): string | null {
  if (paper === null) return 'Neither a title nor an abstract.';
  return isCut && paper.abstract === '' ? 'The file ends before this record has an abstract.' : null;
}

/** Does an end tag of its name stand behind its beginning? No element is none that is open. */
function isClosed(source: string, element: Element | null): boolean {
  if (element === null) return true;
  return source.lastIndexOf(`</${element.name}`) > (element.startIndex ?? 0);
}

/**
 * All elements of those names, in document order, taken out of the tree: in a file where one is not closed the rest
 * lie inside it, and would be read as its text.
 */
function takeRecords(root: Element, names: readonly string[]): Element[] {
  const found: Element[] = [];
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (names.includes(element.name)) found.push(element);
    const inner = element.children.filter((node) => isTag(node));
    for (const node of inner.reverse()) waiting.push(node);
    if (inner.some(({ name }) => names.includes(name))) {
      setChildren(
        element,
        element.children.filter((node) => !isTag(node) || !names.includes(node.name)),
      );
    }
  }
  return found;
}

function setChildren(parent: Element, nodes: ChildNode[]): void {
  parent.children = nodes;
  nodes.forEach((node, index) => {
    node.prev = nodes[index - 1] ?? null;
    node.next = nodes[index + 1] ?? null;
  });
}

/** The element to which the names lead, one step each. */
export function reach(from: Element, ...names: readonly string[]): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => at && child(at, name), from);
}
