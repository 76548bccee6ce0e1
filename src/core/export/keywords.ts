import { keywordText } from '../annotation/take-out';

/** Keywords in one field: separated by commas, or by semicolons when one of them holds a comma. */
export function joinKeywords(keywords: readonly string[]): string {
  const texts = keywords.map(keywordText);
  if (!texts.some((keyword) => keyword.includes(','))) return texts.join(', ');
  return texts.length === 1 ? `${texts[0] ?? ''};` : texts.join('; ');
}
