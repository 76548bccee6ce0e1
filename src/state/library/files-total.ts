import { count, papers as inPapers } from '../page/words';
import type { FileReport } from './file-report';

/** What became of all files, in one sentence. */
export function totalOf(reports: readonly FileReport[]): string {
  const of = (...states: FileReport['state'][]) =>
    reports.filter(({ state }) => states.includes(state)).length;
  const files = reports.length;
  if (of('nothing', 'failed') === files) {
    return `No papers could be read from ${files === 1 ? 'the file' : `any of the ${count(files)} files`}.`;
  }
  const parts = [
    `${count(of('done', 'known'))} of ${count(files)} ${files === 1 ? 'file' : 'files'} read`,
    ...(
      [
        [of('nothing'), 'without papers'],
        [of('cancelled'), 'stopped'],
        [of('failed'), 'not readable'],
      ] as const
    ).flatMap(([n, what]) => (n > 0 ? [`${count(n)} ${what}`] : [])),
  ];
  const added = reports
    .filter(({ state }) => state === 'done')
    .reduce((sum, { report }) => sum + (report?.added ?? 0), 0);
  return `${parts.join(', ')}; ${inPapers(added)} new.`;
}
