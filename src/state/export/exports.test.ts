import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Paper } from '../../core/paper/paper';
import { createMemoryStore } from '../../storage/memory-store';
import { fileOf } from '../fixtures/library-desk';
import { finished, many, sessionOn, stubPage, titles } from '../fixtures/session-desk';
import type { Session } from '../session';
import { Exports } from './exports.svelte';

beforeEach(() => void stubPage());
afterEach(() => vi.unstubAllGlobals());

async function opened(): Promise<Session> {
  const { session } = sessionOn(createMemoryStore());
  await session.open();
  await session.imports.add([fileOf('many.json', many)]);
  return session;
}

function titled({ library }: Session, title: string): Paper {
  const found = library.papers.find((paper) => paper.title === title);
  if (found === undefined) throw new Error(`expected a paper called ${title}`);
  return found;
}

const exportsOf = (session: Session) => new Exports(session);

const never = new AbortController().signal;

function write(session: Session, what: string, format = 'json-lines', withAnnotations = false) {
  return exportsOf(session).write({ what, format, withAnnotations }, never, () => undefined);
}

async function linesOf(file: Promise<{ blob: Blob }>): Promise<Record<string, unknown>[]> {
  const text = await (await file).blob.text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const titlesOf = async (file: Promise<{ blob: Blob }>) => (await linesOf(file)).map(({ title }) => title);

describe('what can be exported', () => {
  it('is everything, this list, the selection, what is starred, and each digest, tag and topic by name', async () => {
    const session = await opened();
    await finished(session);
    const tides = titled(session, 'Tides');
    session.annotations.tag([tides], ['moon']);
    const { choices } = exportsOf(session);
    expect(choices.filter(({ group }) => group === '').map(({ label }) => label)).toEqual([
      'Everything',
      'This list',
      'Selection',
      'Starred',
    ]);
    const labels = (of: string) => choices.filter(({ group }) => group === of).map(({ label }) => label);
    expect(labels('Digests')).toHaveLength(2);
    expect(labels('Tags')).toEqual(['moon']);
    expect(labels('Topics')).toEqual(session.topics.all.map(({ name }) => name).sort());
  });

  it('holds the papers that its name says', async () => {
    const session = await opened();
    const [tides, moths] = [titled(session, 'Tides'), titled(session, 'Moths')];
    session.annotations.star([moths], { isStarred: true });
    session.annotations.tag([tides], ['moon']);
    session.selection.toggle(tides.id);
    await session.search.search('moths');
    expect(await titlesOf(write(session, 'everything'))).toEqual(titles(session));
    expect(await titlesOf(write(session, 'list'))).toEqual(session.paperList.list.map(({ title }) => title));
    expect(await titlesOf(write(session, 'starred'))).toEqual(['Moths']);
    expect(await titlesOf(write(session, 'selection'))).toEqual(['Tides']);
    expect(await titlesOf(write(session, 'tag:moon'))).toEqual(['Tides']);
    const own = session.library.digests.find(({ id }) => id.startsWith('file:'));
    expect(await titlesOf(write(session, `digest:${own?.id}`))).toHaveLength(24);
  });
});

describe('an exported file', () => {
  it('has what the reader wrote only when that is wanted', async () => {
    const session = await opened();
    const tides = titled(session, 'Tides');
    session.annotations.star([tides], { isStarred: true });
    session.annotations.writeNote(tides, '', 'On the moon.');
    for (const { id } of exportsOf(session).formats.filter(({ id: each }) => each !== 'map-csv')) {
      const [without, withThem] = [
        await write(session, 'starred', id),
        await write(session, 'starred', id, true),
      ];
      expect(await without.blob.text(), id).not.toContain('On the moon.');
      expect(await withThem.blob.text(), id).toContain('On the moon.');
    }
  });

  it('is named after what is in it, as every system allows', async () => {
    const session = await opened();
    const name = (what: string) =>
      exportsOf(session).fileName({ what, format: 'bibtex', withAnnotations: false });
    expect(name('starred')).toBe('starred.bib');
    const [digest] = session.library.digests;
    await session.library.renameDigest(digest?.id ?? '', '..\\a/b: "c" <d>|e?*\u202e');
    expect(name(`digest:${digest?.id}`)).toBe('a b c d e.bib');
  });

  it('is shown by its first record before it is saved', async () => {
    const session = await opened();
    const preview = exportsOf(session).preview({
      what: 'everything',
      format: 'bibtex',
      withAnnotations: false,
    });
    expect(preview).toMatch(/^@\w+\{/);
    const [first, second] = session.library.papers;
    expect(preview).toContain(first?.title);
    expect(preview).not.toContain(second?.title);
    expect(exportsOf(session).preview({ what: 'selection', format: 'bibtex', withAnnotations: false })).toBe(
      '',
    );
  });

  it('has the places and topics of the map', async () => {
    const session = await opened();
    await finished(session);
    const text = await (await write(session, 'everything', 'map-csv')).blob.text();
    const [header, ...rows] = text.trim().split(/\r?\n/);
    expect(header?.replace('\ufeff', '')).toBe('id,title,x,y,topic');
    expect(rows).toHaveLength(26);
    expect(rows.every((row) => /,-?\d+(\.\d+)?,-?\d+(\.\d+)?,/.test(row))).toBe(true);
  });

  it('is not written to its end when it is stopped', async () => {
    const session = await opened();
    const stop = new AbortController();
    stop.abort(new Error('closed'));
    const request = { what: 'everything', format: 'ris', withAnnotations: false };
    await expect(exportsOf(session).write(request, stop.signal, () => undefined)).rejects.toThrow('closed');
  });
});
