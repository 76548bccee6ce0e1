import { stemmer } from 'stemmer';

const suffixes = (
  's ed ing ings er ers est ly ion ions ation ations ization izations ational ity ities al ally ical ically ment ' +
  'ments ness ive ively able ably ous ously ance ence ies ied ist ism'
).split(' ');
const minTypedLength = 4;

/**
 * Stems of the words that an unfinished word may become, if they do not begin with it: `learn` for `learnin`, on the way
 * to `learning`. Without them `optimization`, whose stem is `optim`, would have no results from the sixth letter to the
 * last but one. Some of the stems belong to no word.
 */
export function finishedStems(typed: string): string[] {
  if (typed.length < minTypedLength || !/^[a-z]+$/.test(typed)) return [];
  const stems = new Set<string>();
  for (const suffix of suffixes) {
    for (let at = 0; at < suffix.length; at++) {
      if (typed.endsWith(suffix.slice(0, at))) stems.add(stemmer(typed + suffix.slice(at)));
    }
  }
  return [...stems].filter((stem) => stem.length > 1 && !stem.startsWith(typed));
}
