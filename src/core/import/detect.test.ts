import { describe, expect, it } from 'vitest';
import { detect, formats } from './detect';

const longSentence =
  'We study maps of quokkas and find that they are better than all maps of other animals. '.repeat(4);

/** A typical beginning of each kind of file. */
const recognised: [id: string, text: string][] = [
  [
    'atlas-page',
    '<!doctype html>\n<html lang="en">\n<head>\n<meta name="generator" content="Digest Atlas">\n<title>Q</title>',
  ],
  ['atlas-list', '<!-- Reading list from Digest Atlas -->\n\n# Q\n\n## Quokka-Net\n\n- Date: 2026\n'],
  [
    'arxiv-mail',
    'Date: Mon, 23 Nov 26 01:29:12 GMT\nSubject: cs.LG daily Subj-class mailing\n\n---\n\\\\\narXiv:2611.00010\n' +
      'Date: Thu, 19 Nov 2026 20:00:02 GMT   (1200kb,D)\n\nTitle: Quokka-Net\nAuthors: Zo\\"e M\\\'arquez\n\\\\\n  We study.\n',
  ],
  [
    'hugging-face',
    '[{"paper":{"id":"2611.00010","title":"Quokka-Net","summary":"We study...","upvotes":42},"title":"Quokka-Net"}]',
  ],
  [
    'openalex',
    '{"results":[{"id":"https://openalex.org/W1","title":"Quokka-Net","abstract_inverted_index":{"We":[0]}}]}',
  ],
  ['semantic-scholar', '{"total":1,"data":[{"paperId":"x","title":"Quokka-Net","abstract":null}]}'],
  [
    'csl-json',
    '[{"id":"q","type":"article","title":"Quokka-Net","issued":{"date-parts":[[2026,11,19]]},"DOI":"10.9999/q"}]',
  ],
  [
    'pubmed-xml',
    '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "x" "y">\n<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>',
  ],
  [
    'endnote-xml',
    '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records><record><titles/></record></records></xml>',
  ],
  [
    'arxiv-atom',
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<link href="http://arxiv.org/api/query?q"/>' +
      '<entry><id>http://arxiv.org/abs/2611.00010v1</id></entry></feed>',
  ],
  [
    'arxiv-rss',
    '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>cs.LG updates on arXiv.org</title><item/></channel></rss>',
  ],
  [
    'feed',
    "<?xml version='1.0' encoding='UTF-8'?>\n<rss version=\"2.0\"><channel><description>&lt;p&gt;</description></channel></rss>",
  ],
  [
    'feed',
    '<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><title>Q</title></channel></rdf:RDF>',
  ],
  [
    'hugging-face-page',
    '<!doctype html><html><body><div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{}"></div></body></html>',
  ],
  [
    'scholar-alert',
    '<html><body><h3><a href="https://scholar.google.com/scholar_url?url=https://quokka.example">Q</a></h3></body></html>',
  ],
  ['newsletter', '<!-- saved --><!DOCTYPE html>\n<html><head><title>Daily Papers</title></head></html>'],
  ['ris', 'TY  - JOUR\nTI  - Quokka-Net: Scoring\nAU  - Márquez, Zoë\nER  - \n'],
  ['ris', 'TY - CONF\nT1 - One-space tag record\nER -\n'],
  ['nbib', 'PMID- 12345678\nOWN - NLM\nTI  - Quokka-Net\n'],
  ['bibtex', '@string{jq = "Journal of Quokka"}\n@article{quokka2026,\n  title = {{Quokka-Net}: Scoring}\n}'],
  ['bibtex', `A comment.\n\n@misc(q, title = "Q")`],
  ['table', 'id,title,x,y,topic\n"arxiv:2606.00010","Quokka-Net, a title",0.1,0.2,maps\n'],
  ['table', 'Title;Abstract\nQuokka-Net;We study.\n'],
  ['markdown-list', '# Reading list\n\n- [Quokka-Net](https://arxiv.org/abs/2606.00010)\n- Another\n'],
  [
    'markdown-list',
    '# Reading list\n\n- [Quokka-Net](https://arxiv.org/abs/2606.00010)\n\n```bibtex\n@article{q,\n  title = {Q}\n}\n```\n',
  ],
  ['trending-page', `Quokka-Net: scoring maps\n${longSentence}\nAnother title\n${longSentence}`],
  ['trending-page', `Get trending papers in your email inbox!\nSubscribeQuokka-Net\nShort.`],
  ['atlas-json', ' \n[{"title": "Quokka-Net"}]'],
  ['atlas-json', '{"title": "On \\"paperId\\": a key"}\n{"title": "Two"}'],
  ['atlas-json', '{"format": "digest-atlas", "version": 1, "papers": [{"title": "x", "paperId": "y"}]}'],
  ['atlas-json', '{"papers": [{"tit'],
];

describe('detect', () => {
  it.each(recognised)('recognises %s by its content', (id, text) => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(detect(text.replaceAll('\n', end))).toMatchObject({ kind: 'format', format: { id } });
    }
  });

  it('has one format for each id', () => {
    const ids = formats.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(new Set(recognised.map(([id]) => id))).toEqual(new Set(ids));
  });

  it.each([
    ['An SVG image', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    [
      'An SVG image',
      '<?xml version="1.0"?>\n<!-- drawn -->\n<svg:svg><a href="https://arxiv.org/abs/2606.00010"/></svg:svg>',
    ],
    ['A rich text file (RTF)', '{\\rtf1\\ansi Quokka-Net}'],
    ['A TeX file', '% by hand\n\\documentclass{article}\n\\begin{document}\nQuokka-Net\n\\end{document}\n'],
  ])('names %s, which is not read', (name, text) => {
    expect(detect(text)).toEqual({ kind: 'unread', name });
  });

  it.each([
    ['prose', longSentence.repeat(3)],
    [
      'a licence',
      `MIT License\n\nCopyright (c) 2026 The authors\n\nPermission is hereby granted,\nfree of charge,\n${longSentence}`,
    ],
    ['code', "import { a } from 'b';\n\nexport const c = a;\n"],
    ['settings', 'name = "quokka"\nversion = 1\n'],
    ['a word', 'quokka'],
  ])('does not claim %s', (_, text) => {
    expect(detect(text)).toEqual({ kind: 'unknown' });
  });

  it('does not hang on long runs of the beginnings of its patterns', () => {
    const runs = [
      '\n',
      ' ',
      '\\\\\n',
      '<!---->',
      '<?a?>',
      '<a ',
      '{}\n',
      '[',
      '{"paper":{"',
      'From a',
      '@a ',
      '@a{b,c=',
      '% \n',
      '- ',
      '# ',
      '"',
      ',',
      '\t',
      '~',
      '*',
      '(',
      'a: b\n',
      'TY  - ',
      'PMID- 1\n',
      '\r',
    ];
    for (const run of runs) {
      const text = run.repeat(100_000);
      expect(['format', 'unread', 'unknown']).toContain(detect(`${text}x`).kind);
    }
  });

  it.each(['<?xml version="1.0"?><quokkas><quokka/></quokkas>', '{"quokkas": [1, 2, 3]}'])(
    'does not recognise %s, so that the report lists what was looked for',
    (text) => expect(detect(text)).toEqual({ kind: 'unknown' }),
  );
});
