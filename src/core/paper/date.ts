const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthPattern = String.raw`(?<name>[A-Z][a-z]{2,8})\.?`;
const dayPattern = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const yearPattern = String.raw`(?<year>\d{4})`;
const weekdayPattern = String.raw`(?:[A-Z][a-z]{2,8},? )?`;

/** Uncertainty marks (EDTF), which a calendar date cannot express. */
const uncertainty = '[~?%]?';

/**
 * Own patterns instead of `Date`, which reads `2026/06/01` as local time, `2026-02-30` as 2 March and `03/04/2026` as
 * an American would. Ambiguous dates are rejected.
 */
const datePatterns: readonly RegExp[] = [
  `${yearPattern}${uncertainty}`,
  String.raw`${yearPattern}[-/](?<month>\d{1,2})${uncertainty}`,
  String.raw`${yearPattern}[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})${uncertainty}(?:[T ]\d.*)?`,
  // RIS: year/month/day/other, any of them empty but the year
  String.raw`${yearPattern}\/(?<month>\d{1,2})?\/(?<day>\d{1,2})?(?:\/.*)?`,
  // Mail, with a two-digit year as in arXiv's mails; then a time
  String.raw`${weekdayPattern}${dayPattern} ${monthPattern},? (?:${yearPattern}|(?<shortYear>\d{2})(?= \d\d:))(?: \d.*)?`,
  // PubMed: `2026 Nov 19`, and `2026 Nov-Dec`, whose first month counts
  String.raw`${yearPattern},? ${monthPattern}(?: ${dayPattern}|[-/][A-Z][a-z]{2,8}\.?)?`,
  String.raw`${weekdayPattern}${monthPattern} ${dayPattern},? ${yearPattern}`,
  `${monthPattern},? ${yearPattern}`,
].map((pattern) => new RegExp(`^${pattern}$`));

/**
 * The calendar date in a text, as precise as the text: `2026`, `2026-11` or `2026-11-23`; null when it has none that
 * exists. Time of day and time zone are ignored: the date is the one written.
 */
export function parseDate(text: string): string | null {
  const trimmed = text.trim().slice(0, 64);
  for (const pattern of datePatterns) {
    const parts = pattern.exec(trimmed)?.groups;
    if (parts) return calendarDate(yearOf(parts), monthOf(parts), numberOf(parts['day']));
  }
  return null;
}

type Parts = Record<string, string | undefined>;

/** Two digits as in RFC 2822: mail is younger than 1950. */
function yearOf({ year, shortYear }: Parts): number {
  if (shortYear === undefined) return Number(year);
  return Number(shortYear) + (Number(shortYear) < 50 ? 2000 : 1900);
}

function monthOf({ month, name }: Parts): number | undefined {
  return name === undefined ? numberOf(month) : monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function calendarDate(year: number, month?: number, day?: number): string | null {
  if (year < 1) return null;
  const parts = [String(year).padStart(4, '0')];
  if (month !== undefined) {
    if (month < 1 || month > 12) return null;
    parts.push(String(month).padStart(2, '0'));
  }
  if (month !== undefined && day !== undefined) {
    if (day < 1 || day > daysInMonth(year, month)) return null;
    parts.push(String(day).padStart(2, '0'));
  }
  return parts.join('-');
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
