import type { Element } from 'domhandler';
import { displayName, splitNames } from '../../text/names';
import { children } from '../../text/xml';
import { markupText, plainField } from './feed-fields';

const initialsPattern = /^(?:\p{Lu}\p{Ll}?\.?[ -]?){1,4}$/u;

/**
 * The authors of an entry, whether the feed has one field for each or one for all. Who runs the feed
 * (`managingEditor`, `webMaster`) is in its head and not an author.
 */
export function feedAuthors(entry: Element): string[] {
  const creators = children(entry, 'dc:creator').map(markupText).filter(Boolean);
  if (creators.length > 1) return creators.map(displayName);
  const [creator] = creators;
  if (creator !== undefined) return namesOf(creator);
  return children(entry, 'author').flatMap((author) => {
    const name = plainField(author, 'name');
    return name === '' ? namesOf(withoutMail(markupText(author))) : [displayName(name)];
  });
}

/** RSS specifies `jane@example.org (Jane Doe)`, but some feeds have only names. */
function withoutMail(text: string): string {
  if (!text.includes('@')) return text;
  return /\(([^()]{1,500})\)/.exec(text)?.[1] ?? '';
}

/** One name or a list of them: `Doe, Jane`, `Doe, J., Roe, R.`, `Jane Doe and Rick Roe`, `Doe, Jane; Roe, Rick`. */
export function namesOf(list: string): string[] {
  if (list.trim() === '') return [];
  if (list.includes(';')) return splitNames(list, 'semicolon').map(displayName);
  const parts = list.split(',').map((part) => part.trim());
  const isPaired =
    parts.length % 2 === 0 && parts.every((part, index) => index % 2 === 0 || initialsPattern.test(part));
  if (isPaired) {
    const pairs = parts.filter((_, index) => index % 2 === 0);
    return pairs.map((family, index) => displayName(`${family}, ${parts[2 * index + 1] ?? ''}`));
  }
  const isOneName = parts.length === 2 && !/\s/.test(parts[0] ?? '') && !/ and /.test(list);
  return isOneName ? [displayName(list)] : splitNames(list, 'comma');
}
