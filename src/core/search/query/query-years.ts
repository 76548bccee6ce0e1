export interface YearRange {
  /** Both are included; null is open. */
  from: number | null;
  to: number | null;
  /** A year with fewer than four digits was left out, as it is still being typed. */
  isUnfinished: boolean;
}

/** A hyphen or en dash between years is how one writes them elsewhere. */
const YEARS = /^([1-9]\d{0,3})?(?:(?:\.{1,2}|[-–])([1-9]\d{0,3})?)?$/;

/** `2020`, `2020..2023`, `2020..`, `..2023`, and the beginnings of these; null when it is nothing of the kind. */
export function readYears(value: string): YearRange | null {
  const match = YEARS.exec(value);
  if (match === null) return null;
  const [, first, second] = match;
  const isUnfinished = [first, second].some((digits) => digits !== undefined && digits.length < 4);
  const isRange = /[^\d]/.test(value);
  const from = wholeYear(first);
  const to = isRange ? wholeYear(second) : from;
  const isBackwards = from !== null && to !== null && from > to;
  return isBackwards ? { from: to, to: from, isUnfinished } : { from, to, isUnfinished };
}

function wholeYear(digits: string | undefined): number | null {
  return digits?.length === 4 ? Number(digits) : null;
}
