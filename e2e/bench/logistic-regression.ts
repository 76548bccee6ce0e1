export interface Example {
  values: readonly number[];
  isPositive: boolean;
}

const steps = 25;
/** Keeps the coefficients of correlated values from growing without bound. */
const ridge = 1e-2;

/** Logistic regression by Newton's method. The bias comes first, then the coefficients of the values, unscaled. */
export function fitLogistic(examples: readonly Example[]): {
  coefficients: number[];
  probability: (values: readonly number[]) => number;
} {
  const width = (examples[0]?.values.length ?? 0) + 1;
  let coefficients = new Array<number>(width).fill(0);
  const logit = (values: readonly number[]) =>
    values.reduce((sum, value, at) => sum + value * (coefficients[at + 1] ?? 0), coefficients[0] ?? 0);
  const probability = (values: readonly number[]) => 1 / (1 + Math.exp(-logit(values)));
  for (let step = 0; step < steps; step++) {
    const gradient = coefficients.map((coefficient) => ridge * coefficient);
    const hessian: number[][] = coefficients.map((_, row) =>
      coefficients.map((_, column) => (row === column ? ridge : 0)),
    );
    for (const { values, isPositive } of examples) {
      const expected = probability(values);
      const row = [1, ...values];
      for (let i = 0; i < width; i++) {
        gradient[i] = (gradient[i] ?? 0) + (expected - Number(isPositive)) * (row[i] ?? 0);
        const line = hessian[i] ?? [];
        for (let j = 0; j < width; j++) {
          line[j] = (line[j] ?? 0) + expected * (1 - expected) * (row[i] ?? 0) * (row[j] ?? 0);
        }
      }
    }
    const change = solve(hessian, gradient);
    coefficients = coefficients.map((coefficient, at) => coefficient - (change[at] ?? 0));
  }
  return { coefficients, probability };
}

/** Gauss–Jordan elimination with row pivoting. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    rows[rows.indexOf(pivot)] = rows[column] ?? [];
    rows[column] = pivot;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (let at = column; at < row.length; at++) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1));
}
