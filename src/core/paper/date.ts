const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAME = '([A-Z][a-z]{2,8})\\.?';

interface Pattern {
  pattern: RegExp;
  /** Which groups hold year, month and day; 0 for none. */
  groups: [number, number, number];
}

/**
 * Own patterns instead of `Date`, which reads `2026/06/01` as local time, `2026-02-30` as 2 March and `03/04/2026` as
 * an American would. What is ambiguous is not read.
 */
const PATTERNS: readonly Pattern[] = [
  { pattern: /^(\d{4})$/, groups: [1, 0, 0] },
  { pattern: /^(\d{4})[-/](\d{1,2})$/, groups: [1, 2, 0] },
  { pattern: /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d.*)?$/, groups: [1, 2, 3] },
  {
    pattern: new RegExp(`^(?:[A-Z][a-z]{2,8},? )?(\\d{1,2}) ${MONTH_NAME},? (\\d{4})(?: \\d.*)?$`),
    groups: [3, 2, 1],
  },
  { pattern: new RegExp(`^${MONTH_NAME} (\\d{1,2}),? (\\d{4})$`), groups: [3, 1, 2] },
  { pattern: new RegExp(`^${MONTH_NAME},? (\\d{4})$`), groups: [2, 1, 0] },
];

/**
 * The calendar date that a text names, as precise as the text: `2026`, `2026-11` or `2026-11-23`; null when it names
 * none that exists. A time of day and its zone are left out: the date is the one written.
 */
export function parseDate(text: string): string | null {
  const trimmed = text.trim().slice(0, 64);
  for (const { pattern, groups } of PATTERNS) {
    const match = pattern.exec(trimmed);
    if (match) {
      const [year, month, day] = groups.map((group) => (group === 0 ? undefined : match[group]));
      return calendarDate(Number(year), monthNumber(month), day === undefined ? undefined : Number(day));
    }
  }
  return null;
}

function monthNumber(month: string | undefined): number | undefined {
  if (month === undefined) return undefined;
  return /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
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
