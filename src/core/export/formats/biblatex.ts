import { citationKeys } from '../citation-keys';
import type { Exporter } from '../export';
import { arxivNumber, primaryClass, publicationKind, publishedIn } from '../publication';
import { texText } from '../tex-text';
import { bibEntry, commonFields, sharedFields } from './bibtex';

/** For LaTeX with BibLaTeX and biber. */
export const biblatex: Exporter = {
  id: 'biblatex',
  name: 'BibLaTeX',
  extension: 'bib',
  mediaType: 'application/x-bibtex',
  open: ({ papers }) => {
    const keys = citationKeys(papers);
    return {
      record: (paper, index) => {
        const kind = publicationKind(paper);
        const type = { journal: 'article', conference: 'inproceedings', preprint: 'online', other: 'misc' }[
          kind
        ];
        return bibEntry(type, keys[index] ?? '', index, [
          ...commonFields(paper),
          [kind === 'conference' ? 'booktitle' : 'journaltitle', texText(publishedIn(paper) ?? '')],
          ['date', paper.date],
          ['eprint', arxivNumber(paper.ids)],
          ['eprinttype', paper.ids.arxiv === undefined ? undefined : 'arXiv'],
          ['eprintclass', primaryClass(paper)],
          ...sharedFields(paper),
        ]);
      },
    };
  },
};
