/** The parts of a person's display name: `Jan van der Berg Jr` is Jan, van der, Berg, Jr. All but `family` may be ''. */
export interface NameParts {
  given: string;
  particle: string;
  family: string;
  suffix: string;
}

const suffixPattern = /^(?:jr|sr|jnr|snr|ii|iii|iv|2nd|3rd)\.?$/i;
const particlePattern =
  /^(?:von|van|de|den|der|del|della|di|da|das|dos|do|du|la|le|el|al|bin|ibn|ter|ten|zu|zum|zur|af|av|ben)$/;
const organisationPattern =
  /\b(?:collaborations?|consortium|teams?|groups?|committee|society|institutes?|university|foundation|laborator(?:y|ies)|network|association|initiative|project|organi[sz]ation|corporation|inc|llc|ltd|gmbh|openai|deepmind|research|department|authors|others|et al)\b|\d/i;
/** Scripts in which a name is one word, or begins with the family. */
const undividedScripts = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The parts of a name; null when it is to be written as a whole: organisations, single words, anything unusual. */
export function nameParts(name: string): NameParts | null {
  const words = name.split(' ');
  if (words.length < 2 || /[,;{}]|(?:^| )and(?: |$)/i.test(name) || /^the /i.test(name)) return null;
  if (organisationPattern.test(name) || undividedScripts.test(name)) return null;
  const suffix = suffixPattern.test(words.at(-1) ?? '') ? (words.pop() ?? '') : '';
  const family = familyStart(words);
  if (family === 0 || words.length < 2) return null;
  const given = words.slice(0, family).join(' ');
  // It would be read as "family, suffix".
  if (suffixPattern.test(given)) return null;
  let lastParticle = family;
  while (lastParticle < words.length - 1 && startsLower(words[lastParticle])) lastParticle += 1;
  return {
    given,
    particle: words.slice(family, lastParticle).join(' '),
    family: words.slice(lastParticle).join(' '),
    suffix,
  };
}

/** Where the family name with its particles begins; 0 for a name without a given one. */
function familyStart(words: readonly string[]): number {
  if (particlePattern.test(words[0] ?? '')) return 0;
  const particle = words.findIndex((word, index) => index > 0 && startsLower(word));
  return particle === -1 ? words.length - 1 : particle;
}

function startsLower(word = ''): boolean {
  return /^\p{Ll}/u.test(word);
}
