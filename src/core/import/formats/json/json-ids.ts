import { readIds } from '../../../paper/ids';
import type { PaperIds } from '../../../paper/paper';
import type { Fields } from './json-fields';

/** The ids in a general `id`, which may be anything: `arxiv:2606.00010`, a link, or a meaningless number. */
export function idsOfId(id: unknown): PaperIds {
  return typeof id === 'string' ? readIds(id.replace(/^(?:arxiv|doi):/, '')) : {};
}

type IdName = Exclude<keyof PaperIds, 'arxivVersion'>;

const idPatterns: Readonly<Record<Exclude<IdName, 'arxiv' | 'doi'>, RegExp>> = {
  pmid: /^(\d{1,9})$/,
  openalex: /^(?:https?:\/\/openalex\.org\/)?(W\d{1,12})$/,
  s2: /^([0-9a-f]{40}|corpus:\d{1,12})$/,
};

/** Reads the fields that hold an id of each kind. `fieldOf` gives the field's name where files differ. */
export function readIdFields(
  fields: Fields,
  kinds: readonly IdName[],
  fieldOf: (kind: IdName) => string = (kind) => kind,
): PaperIds {
  const found: PaperIds = {};
  for (const kind of kinds) {
    const name = fieldOf(kind);
    // Never from a number, as 2606.00010 has become 2606.0001 in it. PubMed's ids have no decimal point.
    const text = (kind === 'pmid' ? fields.digits(name) : fields.text(name))?.trim();
    if (text === undefined || text === '') continue;
    const ids = kind === 'arxiv' || kind === 'doi' ? readIds(text) : idOf(kind, text);
    // arXiv's own DOIs are read as arXiv ids.
    if (ids[kind] === undefined && ids.arxiv === undefined)
      fields.drop(name, `"${text.slice(0, 80)}" is not an id`);
    for (const [key, id] of Object.entries(ids))
      if (!Object.hasOwn(found, key)) Object.assign(found, { [key]: id });
  }
  const version = fields.get('arxivVersion');
  if (found.arxiv !== undefined && Number.isSafeInteger(version) && Number(version) > 0) {
    found.arxivVersion = Number(version);
  }
  return found;
}

function idOf(kind: keyof typeof idPatterns, text: string): PaperIds {
  const id = idPatterns[kind].exec(text)?.[1];
  return id === undefined ? {} : { [kind]: id };
}
