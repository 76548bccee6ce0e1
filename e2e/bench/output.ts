/** One result: a JSON object on a line of its own on standard output. Numbers are cut to four decimals. */
export function report(line: Record<string, string | number | null>): void {
  const short = Object.entries(line).map(([name, value]) => [
    name,
    typeof value === 'number' ? cut(value) : value,
  ]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(short))}\n`);
}

/** Progress and what else a person wants to know, on standard error. */
export function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the two nearest values; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

function cut(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
