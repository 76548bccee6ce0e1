import { decodeAccents } from '../../text/tex';
import { splitNames } from '../../text/names';

const onBehalfPattern = /^(?:(.*?\S)\s+)?(?:for|on behalf of)\s+(?:the\s+)?(\S.*)$/i;
const andOthersPattern = /(?:^|[\s,])et\.? {1,3}al\.?$/i;

/**
 * The names in arXiv's line of authors: "ABCD Collaboration: A. B. Cee (1), Zo\"e M\'arquez (University, Town)".
 * Affiliations are left out; a collaboration counts as a name, whether before a colon or after "for the".
 */
export function arxivAuthors(line: string): string[] {
  const parts = splitNames(decodeAccents(line).replaceAll(':', ','), 'comma');
  return parts.flatMap(onBehalf).filter((name) => /\p{Letter}/u.test(name));
}

function onBehalf(part: string): string[] {
  const name = part.replace(andOthersPattern, '').trim();
  if (name.length > 300) return [name];
  const [, person = '', group = ''] = onBehalfPattern.exec(name) ?? [undefined, name, ''];
  return [person, group].filter((found) => found !== '');
}
