import { isTag, type Element } from 'domhandler';
import { parseDate } from '../../../paper/date';
import { safeUrl } from '../../../paper/text/links';
import { htmlText, markupToText } from '../../text/html';
import { attribute, child, children, xmlText } from '../../text/xml';
import { distinct } from '../paper-fields';

/** The plain text of the first of these fields that is not empty. */
export function plainField(element: Element | undefined, ...names: string[]): string {
  return firstText(element, names, xmlText);
}

/** The same for fields in which feeds put HTML, escaped or not. */
export function markupField(element: Element | undefined, ...names: string[]): string {
  return firstText(element, names, markupText);
}

/** The first of these fields that is a calendar date. */
export function dateField(element: Element | undefined, ...names: string[]): string | undefined {
  return names.map((name) => parseDate(plainField(element, name))).find((date) => date !== null) ?? undefined;
}

function firstText(element: Element | undefined, names: string[], read: (field: Element) => string): string {
  if (element === undefined) return '';
  for (const name of names) {
    for (const field of children(element, name)) {
      const text = read(field).trim();
      if (text !== '') return text;
    }
  }
  return '';
}

export function markupText(field: Element): string {
  if (field.children.some(isTag)) return htmlText(field.children);
  const text = xmlText(field);
  return attribute(field, 'type') === 'text' ? text : markupToText(text);
}

/** The addresses of an entry's page, the likeliest first. RSS has them as text, Atom as an attribute. */
export function entryLinks(entry: Element): string[] {
  const links = children(entry, 'link').filter((link) => {
    const relation = attribute(link, 'rel');
    return relation === '' || relation === 'alternate';
  });
  const written = links.map((link) => attribute(link, 'href') || xmlText(link));
  const about = attribute(entry, 'rdf:about');
  const guid = child(entry, 'guid');
  const permalink = attribute(guid, 'isPermaLink') === 'false' ? '' : xmlText(guid);
  const others = [about, permalink, plainField(entry, 'prism:url')];
  return [...written, ...others]
    .map((address) => address.trim())
    .filter((address) => /^https?:/i.test(address) && safeUrl(address) !== null);
}

/** Each category once, as written. RSS has them as text, Atom as an attribute. */
export function entryCategories(entry: Element): string[] {
  const categories = children(entry, 'category').map((field) => {
    return attribute(field, 'term') || attribute(field, 'label') || xmlText(field);
  });
  const subjects = children(entry, 'dc:subject').map(xmlText);
  return distinct([...categories, ...subjects]);
}
