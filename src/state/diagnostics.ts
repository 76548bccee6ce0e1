import type { Session } from './session';

/** What the report is made of; all of it numbers and names that browsers and developers have chosen. */
type Facts = Pick<
  Session,
  'system' | 'library' | 'annotations' | 'atlas' | 'offline' | 'settings' | 'faults'
>;

/** A report for someone who looks for a fault: versions, engine, counts, storage and last errors; no titles, no notes. */
export function diagnosticsText({
  system,
  library,
  annotations,
  atlas,
  offline,
  settings,
  faults,
}: Facts): string {
  const { committed } = annotations;
  const engine = system.attempts.map(
    ({ backend, adapter, ok, ms }) =>
      `${backend.device} ${backend.precision}${adapter === undefined ? '' : ` on ${adapter}`}: ${ok ? 'passed' : 'refused'} in ${Math.round(ms)} ms`,
  );
  const errors = faults.list.map(({ at, name, detail }) => `${new Date(at).toISOString()} ${name} ${detail}`);
  return [
    `Digest Atlas ${buildName()}`,
    navigator.userAgent,
    `engine chosen: ${settings.engine}`,
    ...(engine.length === 0 ? ['engine not started'] : engine),
    `papers ${library.papers.length}, digests ${library.digests.length}, removed ${library.trash.length}, on the map ${atlas.papers.length}`,
    committed === null
      ? 'annotations unread'
      : `notes ${committed.notes}, stars ${committed.stars}, tags ${committed.tags}`,
    `store ${system.storeKind ?? 'unread'}, persistent ${system.isPersisted ?? 'unasked'}, used ${system.usedBytes === null ? 'unknown' : `${Math.round(system.usedBytes / 1e6)} MB`}`,
    `offline ${offline.state}, update ${offline.update === null ? 'none' : offline.update.isInUse ? 'in use' : 'waits'}`,
    ...(errors.length === 0 ? ['no errors'] : errors),
  ].join('\n');
}

/** The file of this build, whose name has a hash of its content. */
function buildName(): string {
  return new URL(import.meta.url).pathname.split('/').at(-1) ?? '';
}
