export interface YearRange {
  /** Both years are included; null is open. */
  from: number | null;
  to: number | null;
  /** A year with fewer than four digits was left out, as it may still be being typed. */
  isUnfinished: boolean;
}

/** A hyphen or en dash between years is accepted too, as people write ranges so. */
const yearsPattern = /^([1-9]\d{0,3})?(?:(?:\.{1,2}|[-–])([1-9]\d{0,3})?)?$/;

/** Reads `2020`, `2020..2023`, `2020..`, `..2023`, and beginnings of these; null for anything else. */
export function readYears(value: string): YearRange | null {
  const match = yearsPattern.exec(value);
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
