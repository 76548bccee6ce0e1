import { describe, expect, it } from 'vitest';
import { detect } from './detect';

const LONG = 'We study maps of quokkas and find that they are better than all maps of other animals. '.repeat(
  4,
);

/** Each begins as files of its kind do. */
const UNREAD: [name: string, text: string][] = [
  [
    'A mailbox (mbox)',
    'From no-reply@arxiv.org Mon Nov 23 01:30:00 2026\nFrom: a@b.example\nSubject: x\n\nText',
  ],
  [
    'An arXiv listing mail',
    'Date: Mon, 23 Nov 26 01:29:12 GMT\nSubject: cs.LG daily Subj-class mailing\n\n---\n\\\\\narXiv:2611.00010\n' +
      'Date: Thu, 19 Nov 2026 20:00:02 GMT   (1200kb,D)\n\nTitle: Quokka-Net\nAuthors: Zo\\"e M\\\'arquez\n\\\\\n  We study.\n',
  ],
  [
    'A mail message (EML)',
    'From: send mail ONLY to cs <no-reply@arXiv.org>\nTo: rabble@arXiv.org\nSubject: =?utf-8?Q?cs_daily?=\n' +
      'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="BB"\n\n--BB\n\n\\\\\narXiv:2606.00010\n',
  ],
  [
    'Hugging Face JSON',
    '[{"paper":{"id":"2611.00010","title":"Quokka-Net","summary":"We study...","upvotes":42},"title":"Quokka-Net"}]',
  ],
  [
    'OpenAlex JSON',
    '{"results":[{"id":"https://openalex.org/W1","title":"Quokka-Net","abstract_inverted_index":{"We":[0]}}]}',
  ],
  ['Semantic Scholar JSON', '{"total":1,"data":[{"paperId":"x","title":"Quokka-Net","abstract":null}]}'],
  [
    'CSL-JSON',
    '[{"id":"q","type":"article","title":"Quokka-Net","issued":{"date-parts":[[2026,11,19]]},"DOI":"10.9999/q"}]',
  ],
  [
    'A PubMed file (XML)',
    '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "x" "y">\n<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>',
  ],
  [
    'An Atom feed',
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title type="html">ArXiv Query</title>',
  ],
  [
    'An RSS feed',
    "<?xml version='1.0' encoding='UTF-8'?>\n<rss version=\"2.0\"><channel><description>&lt;p&gt;</description></channel></rss>",
  ],
  ['An RSS feed', '<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel/></rdf:RDF>'],
  [
    'A web page (HTML)',
    '<!-- saved --><!DOCTYPE html>\n<html><head><title>Daily Papers</title></head></html>',
  ],
  ['An SVG image', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['XML', '<?xml version="1.0"?><records><record/></records>'],
  ['RIS', 'TY  - JOUR\nTI  - Quokka-Net: Scoring\nAU  - Márquez, Zoë\nER  - \n'],
  ['RIS', 'TY - CONF\nT1 - One-space tag record\nER -\n'],
  ['A PubMed file (nbib)', 'PMID- 12345678\nOWN - NLM\nTI  - Quokka-Net\n'],
  ['BibTeX', '@string{jq = "Journal of Quokka"}\n@article{quokka2026,\n  title = {{Quokka-Net}: Scoring}\n}'],
  ['BibTeX', `A comment.\n\n@misc(q, title = "Q")`],
  ['A table (CSV or TSV)', 'id,title,x,y,topic\n"arxiv:2606.00010","Quokka-Net, a title",0.1,0.2,maps\n'],
  ['A table (CSV or TSV)', 'Title;Abstract\nQuokka-Net;We study.\n'],
  ['A table (CSV or TSV)', '1\t184\t1\n1\t29\t1\n1\t31\t1\n'],
  ['A Markdown list', '# Reading list\n\n- [Quokka-Net](https://arxiv.org/abs/2606.00010)\n- Another\n'],
  ['A Markdown list', `# Quokka-Net\n\n${LONG}\n\n## Installation\n\n${LONG}\n`],
];

describe('detect', () => {
  it.each(UNREAD)('names %s, which is not yet read', (name, text) => {
    expect(detect(text)).toEqual({ kind: 'unread', name });
    expect(detect(text.replaceAll('\n', '\r\n'))).toEqual({ kind: 'unread', name });
  });

  it.each([
    ['trending-page', `Quokka-Net: scoring maps\n${LONG}\nAnother title\n${LONG}`],
    ['trending-page', `Get trending papers in your email inbox!\nSubscribeQuokka-Net\nShort.`],
    ['atlas-json', ' \n[{"title": "Quokka-Net"}]'],
    ['atlas-json', '{"title": "On \\"paperId\\": a key"}\n{"title": "Two"}'],
    ['atlas-json', '{"format": "digest-atlas", "version": 1, "papers": [{"title": "x", "paperId": "y"}]}'],
    ['atlas-json', '{"papers": [{"tit'],
  ])('knows %s by its content', (id, text) => {
    expect(detect(text)).toMatchObject({ kind: 'format', format: { id } });
  });

  it.each([
    ['prose', LONG.repeat(3)],
    [
      'a licence',
      `MIT License\n\nCopyright (c) 2026 The authors\n\nPermission is hereby granted,\nfree of charge,\n${LONG}`,
    ],
    ['code', "import { a } from 'b';\n\nexport const c = a;\n"],
    ['settings', 'name = "quokka"\nversion = 1\n'],
    ['numbered references', '[1] Márquez, Z. Quokka-Net.\n[2] O’Brien, W. Another.\n'],
    ['a word', 'quokka'],
  ])('does not claim %s', (_, text) => {
    expect(detect(text)).toEqual({ kind: 'unknown' });
  });

  it('ends on long runs of what its patterns begin with', () => {
    const runs = [
      '\n',
      ' ',
      '\\\\\n',
      '<!---->',
      '{}\n',
      '[',
      '{"paper":{"',
      'From a',
      '@a ',
      '- ',
      '"',
      ',',
      'a: b\n',
      '\r',
    ];
    for (const run of runs) {
      const text = run.repeat(100_000);
      expect(['format', 'unread', 'unknown']).toContain(detect(`${text}x`).kind);
    }
  });
});
