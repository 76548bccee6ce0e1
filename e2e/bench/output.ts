/** Prints one result: a JSON object on its own line on standard output. Numbers are rounded to four decimals. */
export function reportResult(line: Record<string, string | number | null>): void {
  const short = Object.entries(line).map(([name, value]) => [
    name,
    typeof value === 'number' ? rounded(value) : value,
  ]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(short))}\n`);
}

/** Prints progress and other messages on standard error. */
export function reportProgress(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** NaN for no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Interpolates linearly between the two nearest values; NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
