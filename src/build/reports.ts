export interface Tally {
  passed: number;
  failed: number;
}

/** The fields of vitest's JSON report that are used here. */
export interface UnitReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** The fields of Playwright's JSON report that are used here. */
export interface BrowserReport {
  stats: { expected: number; unexpected: number; flaky: number };
  /** Errors outside any test: a spec that does not load, a worker that does not start. */
  errors: unknown[];
}

export function tallyUnit(report: UnitReport): Tally {
  // A file that does not load has no tests that could fail.
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloadable.length };
}

export function tallyBrowser({ stats, errors }: BrowserReport): Tally {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** Compares a step's report with its exit status: a crash or a run without tests counts as one failure. */
export function reconcile(report: Tally | null, status: number): Tally {
  if (!report) return { passed: 0, failed: 1 };
  const isSilent = report.failed === 0 && (status !== 0 || report.passed === 0);
  return { passed: report.passed, failed: report.failed + (isSilent ? 1 : 0) };
}
