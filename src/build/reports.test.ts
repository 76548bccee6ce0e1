import { describe, expect, it } from 'vitest';
import { agreed, tallyBrowser, tallyUnit } from './reports';

describe('tallying reports', () => {
  it('counts passed and failed unit tests, and not the skipped ones', () => {
    const assertionResults = [{ status: 'passed' }, { status: 'failed' }, { status: 'skipped' }];
    const report = {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults }],
    };
    expect(tallyUnit(report)).toEqual({ passed: 1, failed: 1 });
  });

  it('counts a test file that does not load as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(tallyUnit({ numPassedTests: 5, numFailedTests: 0, testResults })).toEqual({
      passed: 5,
      failed: 1,
    });
  });

  it('counts flaky browser tests and errors outside tests as failures', () => {
    const report = { stats: { expected: 7, unexpected: 1, flaky: 1 }, errors: [{}] };
    expect(tallyBrowser(report)).toEqual({ passed: 7, failed: 3 });
  });

  it('believes neither a missing report, nor a crash without failures, nor a run of nothing', () => {
    expect(agreed(null, 0)).toEqual({ passed: 0, failed: 1 });
    expect(agreed({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(agreed({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
    expect(agreed({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(agreed({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
  });
});
