import { describe, expect, it } from 'vitest';
import { reconcile, tallyBrowser, tallyUnit } from './reports';

describe('test reports', () => {
  it('give the passed and failed unit tests, without the skipped ones', () => {
    const assertionResults = [{ status: 'passed' }, { status: 'failed' }, { status: 'skipped' }];
    const report = {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults }],
    };
    expect(tallyUnit(report)).toEqual({ passed: 1, failed: 1 });
  });

  it('count a test file that does not load as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(tallyUnit({ numPassedTests: 5, numFailedTests: 0, testResults })).toEqual({
      passed: 5,
      failed: 1,
    });
  });

  it('count flaky browser tests and errors outside tests as failures', () => {
    const report = { stats: { expected: 7, unexpected: 1, flaky: 1 }, errors: [{}] };
    expect(tallyBrowser(report)).toEqual({ passed: 7, failed: 3 });
  });

  it('count a missing report, a crash without failures and a run without tests as one failure', () => {
    expect(reconcile(null, 0)).toEqual({ passed: 0, failed: 1 });
    expect(reconcile({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(reconcile({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
    expect(reconcile({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(reconcile({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
  });
});
