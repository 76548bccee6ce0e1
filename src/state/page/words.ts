const grouped = new Intl.NumberFormat();

export function count(value: number): string {
  return grouped.format(value);
}

/** "62 %", of a share between 0 and 1. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}\u202f%`;
}

const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The calendar day of a time, ms since the epoch. */
export function date(at: number): string {
  return calendar.format(at);
}

// dates of papers have no time zone
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const months = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** The date of a paper or digest, which may be a month or a year: `2023-07-31`, `2023-07`, `2023`. */
export function paperDate(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return days.format(new Date(text));
  return /^\d{4}-\d{2}$/.test(text) ? months.format(new Date(`${text}-01`)) : text;
}

export function papers(value: number): string {
  return `${count(value)} ${value === 1 ? 'paper' : 'papers'}`;
}

/** "about 3 min left": rounded, because the estimate is rough. */
export function timeLeft(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`;
}

/** "12 of 24 MB", in whole megabytes so that screen readers read it out rarely. */
export function megabytes(done: number, total: number): string {
  const mb = (bytes: number) => count(Math.round(bytes / 1e6));
  return `${mb(done)} of ${mb(total)} MB`;
}
