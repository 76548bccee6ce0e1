import { isTag, type ChildNode, type Element } from 'domhandler';
import type { ParsedPaper } from '../../../paper/paper';
import type { ParsedDigest } from '../../import';
import { child, readXml } from '../../text/xml';
import { readRecords, type RecordReading } from '../records';

export interface XmlRecordReading extends RecordReading {
  /** By which a reader can find the record, if it has such a name: "PMID 123". */
  name?: string;
}

/** Reads each element that has one of those names. */
export function parseRecords(
  source: string,
  names: readonly string[],
  read: (record: Element, position: number) => XmlRecordReading,
): ParsedDigest {
  const { root, refusal } = readXml(source);
  if (root === null) return { papers: [], problems: [{ where: 'file', why: refusal ?? 'No XML element.' }] };
  const records = detachRecords(root, names);
  const digest = readRecords(records.entries(), ([index, record], position) => {
    const { paper, name, problems } = read(record, position);
    const where = `record ${index + 1}${name === undefined ? '' : ` (${name})`}`;
    const isCut = index === records.length - 1 && !isClosed(source, record);
    const reason = reasonToSkip(paper, isCut);
    if (reason !== null) return { where, paper: null, problems: [...problems, reason] };
    if (paper === null || !isCut) return { where, paper, problems };
    return {
      where,
      paper: { ...paper, isExcerpt: true },
      problems: [...problems, 'The file ends within this record.'],
    };
  });
  if (!isClosed(source, root) && isClosed(source, records.at(-1) ?? null)) {
    const why = `The file is cut off after record ${records.length}.`;
    digest.problems.push({ where: 'end of file', why });
  }
  return digest;
}

/** Null when the paper is taken. A record cut off before its abstract may have half a title. */
function reasonToSkip(paper: ParsedPaper | null, isCut: boolean): string | null {
  if (paper === null) return 'Neither a title nor an abstract.';
  return isCut && paper.abstract === '' ? 'The file ends before this record has an abstract.' : null;
}

/** Is there an end tag with its name after its start? True without an element. */
function isClosed(source: string, element: Element | null): boolean {
  if (element === null) return true;
  return source.lastIndexOf(`</${element.name}`) > (element.startIndex ?? 0);
}

/**
 * All elements with those names, in document order, detached from the tree: when one is not closed, the following ones
 * are inside it and would be read as its text.
 */
function detachRecords(root: Element, names: readonly string[]): Element[] {
  const found: Element[] = [];
  const stack = [root];
  for (let element = stack.pop(); element !== undefined; element = stack.pop()) {
    if (names.includes(element.name)) found.push(element);
    const inner = element.children.filter((node) => isTag(node));
    for (const node of inner.reverse()) stack.push(node);
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

/** The element at a path of child names. */
export function reach(from: Element, ...names: readonly string[]): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => at && child(at, name), from);
}
