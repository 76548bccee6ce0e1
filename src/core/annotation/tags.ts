import { cleanText } from '../paper/text/clean';

/** Equal for all spellings of a tag. Only case and white space are ignored: `c++` and `c` are two tags. */
export function tagKey(tag: string): string {
  return cleanText(tag).toLowerCase();
}

/** The tags of both, sorted. Of several spellings of a tag the first is kept. */
export function joinTags(tags: readonly string[], others: readonly string[]): string[] {
  const joined = new Map<string, string>();
  for (const tag of [...tags, ...others]) {
    const key = tagKey(tag);
    if (key !== '' && !joined.has(key)) joined.set(key, cleanText(tag));
  }
  return [...joined].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag);
}

/** `tags` without those in `others`, however spelt. */
export function withoutTags(tags: readonly string[], others: readonly string[]): string[] {
  const keys = new Set(others.map(tagKey));
  return tags.filter((tag) => !keys.has(tagKey(tag)));
}

/** The tags of a comma-separated input. */
export function enteredTags(text: string): string[] {
  return joinTags(text.split(','), []);
}
