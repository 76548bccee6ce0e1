import type { ExportedPaper, Exporter } from '../../core/export/export';
import { exportPapers } from '../../core/export/export-papers';
import { exporters } from '../../core/export/formats';
import { shownName } from '../../core/paper/digest-name';
import type { Paper } from '../../core/paper/paper';
import type { Engine } from '../../engine/engine';
import type { PaperList } from '../list/paper-list.svelte';
import type { Selection } from '../list/selection.svelte';
import type { Atlas } from '../map/atlas.svelte';
import type { Topics } from '../map/topics.svelte';
import type { Annotations } from '../library/annotations.svelte';
import type { Library } from '../library/library.svelte';

interface Deps {
  write: Engine['write'];
  library: Pick<Library, 'papers' | 'digests' | 'digest' | 'digestName'>;
  annotations: Pick<Annotations, 'of' | 'tags'>;
  paperList: Pick<PaperList, 'list'>;
  selection: Pick<Selection, 'papers'>;
  topics: Pick<Topics, 'all' | 'of'>;
  atlas: Pick<Atlas, 'row' | 'layout'>;
}

/** What can be exported. */
export interface ExportChoice {
  /** Unique among the choices. */
  id: string;
  label: string;
  group: '' | 'Digests' | 'Tags' | 'Topics';
}

/** What the reader has chosen in the dialog. */
export interface ExportRequest {
  /** Id of an ExportChoice. */
  what: string;
  /** Id of a format. */
  format: string;
  withAnnotations: boolean;
}

export interface WrittenFile {
  name: string;
  blob: Blob;
}

const general: readonly ExportChoice[] = [
  { id: 'everything', label: 'Everything', group: '' },
  { id: 'list', label: 'This list', group: '' },
  { id: 'selection', label: 'Selection', group: '' },
  { id: 'starred', label: 'Starred', group: '' },
];

/** Lets papers out of the library, as files that other programs read. Made by the dialog, which is loaded when it is opened. */
export class Exports {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  readonly #choices = $derived.by((): readonly ExportChoice[] => {
    const { library, annotations, topics } = this.#deps;
    const named = (
      kind: string,
      group: ExportChoice['group'],
      names: readonly [id: string, label: string][],
    ) =>
      names
        .map(([id, label]): ExportChoice => ({ id: `${kind}:${id}`, label, group }))
        .sort((a, b) => a.label.localeCompare(b.label));
    return [
      ...general,
      ...named(
        'digest',
        'Digests',
        library.digests.map(({ id }) => [id, library.digestName(id)]),
      ),
      ...named(
        'tag',
        'Tags',
        annotations.tags.map((tag) => [tag, tag]),
      ),
      ...named(
        'topic',
        'Topics',
        topics.all.map(({ id, name }) => [String(id), name]),
      ),
    ];
  });

  /** Of papers that are not hidden. */
  get choices(): readonly ExportChoice[] {
    return this.#choices;
  }

  get formats(): readonly Pick<Exporter, 'id' | 'name'>[] {
    return exporters;
  }

  /** In the order of the list where there is one. */
  papers(what: string): readonly Paper[] {
    const { library, annotations, paperList, selection, topics } = this.#deps;
    const [kind, key] = [what.split(':', 1)[0], what.slice(what.indexOf(':') + 1)];
    const where = (has: (paper: Paper) => boolean) => library.papers.filter(has);
    if (kind === 'list') return paperList.list;
    if (kind === 'selection') return selection.papers;
    if (kind === 'starred') return where((paper) => annotations.of(paper)?.isStarred === true);
    if (kind === 'digest')
      return where(({ sightings }) => sightings.some(({ digestId }) => digestId === key));
    if (kind === 'tag') return where((paper) => annotations.of(paper)?.tags?.includes(key) === true);
    if (kind === 'topic') return where((paper) => String(topics.of(paper)?.id) === key);
    return library.papers;
  }

  /** The name of the file, from what is in it. */
  fileName({ what, format }: ExportRequest): string {
    const label = this.#label(what)
      .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[. ]+|[. ]+$/g, '')
      .slice(0, 80);
    return `${label === '' ? 'papers' : label.toLowerCase()}.${exporterOf(format).extension}`;
  }

  /** What is written for the first paper; '' when there is none. */
  preview({ what, format, withAnnotations }: ExportRequest): string {
    const first = this.papers(what)[0];
    if (first === undefined) return '';
    const pieces: string[] = [];
    const options = { title: this.#label(what), withAnnotations };
    const writer = exportPapers(exporterOf(format), [this.#exported(first)], options);
    for (const { text, done } of writer) if (done === 1) pieces.push(text);
    return (pieces[0] ?? '').trim();
  }

  /** Writes the file in a worker. Rejects with the signal's reason when stopped. */
  async write(
    { what, format, withAnnotations }: ExportRequest,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<WrittenFile> {
    const papers = this.papers(what);
    const part = (from: number, to: number) => papers.slice(from, to).map((paper) => this.#exported(paper));
    const options = { title: this.#label(what), withAnnotations };
    const blob = await this.#deps.write(papers.length, part, format, options, {
      signal,
      onProgress: ({ done }) => onProgress(done),
    });
    return { name: this.fileName({ what, format, withAnnotations }), blob };
  }

  #label(what: string): string {
    return this.#choices.find(({ id }) => id === what)?.label ?? 'Papers';
  }

  /** Without its records, which hold the same once more. */
  #exported(paper: Paper): ExportedPaper {
    const { library, annotations, topics, atlas } = this.#deps;
    const { sightings, textHash, ...content } = paper;
    void textHash;
    const annotation = annotations.of(paper);
    const digestIds = [...new Set(sightings.map(({ digestId }) => digestId))];
    const digests = digestIds.flatMap((id) => library.digest(id) ?? []).map(shownName);
    const { positions } = atlas.layout;
    const row = atlas.row(content.id);
    const [x, y] = row < 0 ? [NaN, NaN] : [positions[2 * row] ?? NaN, positions[2 * row + 1] ?? NaN];
    const topic = topics.of(paper)?.name;
    return {
      ...content,
      digests,
      ...(annotation === undefined ? {} : { annotation }),
      ...(Number.isFinite(x) && Number.isFinite(y) ? { place: { x, y } } : {}),
      ...(topic === undefined ? {} : { topic }),
    };
  }
}

function exporterOf(format: string): Exporter {
  const exporter = exporters.find(({ id }) => id === format);
  if (exporter === undefined) throw new Error(`expected the id of an export format, got ${format}`);
  return exporter;
}
