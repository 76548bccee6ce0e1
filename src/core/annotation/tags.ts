import { cleanText } from '../paper/text/clean';

/** The same for spellings of one tag. Case alone is looked past: `c++` and `c` are two tags. */
export function tagKey(tag: string): string {
  return cleanText(tag).toLowerCase();
}

/** The tags of both, in the order of their letters. Of spellings of one tag the first stays. */
export function joinTags(tags: readonly string[], others: readonly string[]): string[] {
  const joined = new Map<string, string>();
  for (const tag of [...tags, ...others]) {
    const key = tagKey(tag);
    if (key !== '' && !joined.has(key)) joined.set(key, cleanText(tag));
  }
  return [...joined].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag);
}

/** `tags` less those that `others` spell in one way or another. */
export function withoutTags(tags: readonly string[], others: readonly string[]): string[] {
  const keys = new Set(others.map(tagKey));
  return tags.filter((tag) => !keys.has(tagKey(tag)));
}

/** The tags of a field in which several stand with commas between them. */
export function enteredTags(text: string): string[] {
  return joinTags(text.split(','), []);
}
