import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnRole } from '../../import';
import { table } from './table';
import { cellUrl } from './table-cells';
import { rolesByName } from './table-columns';

const longSentence =
  'We study maps of quokkas, and find that they are better than all maps of other animals; by far. '.repeat(
    3,
  );

function roles(text: string): ColumnRole[] | undefined {
  return table.parse(text).columns?.roles;
}

describe('the columns of a table', () => {
  it('are recognised in exports of other programs', () => {
    const zotero =
      '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note","Date","Date Added","Manual Tags"\n' +
      '"Q1","preprint","2026","Márquez, Zoë; O\'Brien, Wei","Quokka-Net","Journal of Quokka","10.48550/arXiv.2611.00010","http://arxiv.org/abs/2611.00010","We study.","2026-11-19","2026-11-23 10:00:00","maps; sparse"\n';
    expect(table.fits(zotero)).toBe(true);
    expect(table.parse(zotero).papers).toEqual([
      {
        title: 'Quokka-Net',
        abstract: 'We study.',
        authors: ['Zoë Márquez', "Wei O'Brien"],
        ids: { arxiv: '2611.00010' },
        url: 'http://arxiv.org/abs/2611.00010',
        date: '2026-11-19',
        venue: 'Journal of Quokka',
        categories: ['maps', 'sparse'],
        position: 0,
      },
    ]);

    const webOfScience =
      'PT\tAU\tAF\tTI\tSO\tDE\tID\tAB\tPY\tDI\tUT\n' +
      'J\tMarquez, Z; OBrien, W\tMarquez, Zoe; OBrien, Wei\tQuokka-Net\tJOURNAL OF QUOKKA\tmaps; sparse\tQUOKKAS\tWe study.\t2026\t10.9999/q.1\tWOS:1\n';
    expect(table.parse(webOfScience).papers).toEqual([
      {
        title: 'Quokka-Net',
        abstract: 'We study.',
        authors: ['Zoe Marquez', 'Wei OBrien'],
        ids: { doi: '10.9999/q.1' },
        date: '2026',
        venue: 'JOURNAL OF QUOKKA',
        categories: ['maps', 'sparse', 'QUOKKAS'],
        position: 0,
      },
    ]);

    const ieee =
      '"Document Title",Authors,"Author Affiliations","Publication Title",Date Added To Xplore,"Publication Year","Abstract","ISSN","DOI",PDF Link,"Author Keywords","IEEE Terms"\n' +
      '"Quokka-Net","Z. Márquez; W. O\'Brien","Univ. of Nowhere","Proc. Quokka","1 June 2026","2026","We study.","","10.9999/q.1","https://quokka.example/1.pdf","maps;sparse","Animals"\n';
    expect(table.parse(ieee).papers[0]).toMatchObject({
      title: 'Quokka-Net',
      authors: ['Z. Márquez', "W. O'Brien"],
      venue: 'Proc. Quokka',
      date: '2026',
      url: 'https://quokka.example/1.pdf',
      categories: ['maps', 'sparse', 'Animals'],
    });
  });

  it.each([
    ['Paper;Zusammenfassung;Autoren;Jahr', ['title', 'abstract', 'authors', 'date']],
    ['Titre;Résumé;Auteurs;Année', ['title', 'abstract', 'authors', 'date']],
    ['Paper Name;Title;Notes', ['none', 'title', 'none']],
    ['Short Title;Publication Title;Title', ['none', 'venue', 'title']],
    ['title_en;tldr;published_at;arxiv_id', ['title', 'abstract', 'date', 'arxiv']],
    ['id;title;x;y;topic', ['none', 'title', 'none', 'none', 'categories']],
    ['title;title;author 1;author 2;Author(s) ID', ['title', 'none', 'authors', 'authors', 'none']],
  ])('are recognised by their names: %s', (header, expected) => {
    expect(roles(`${header}\n`)).toEqual(expected);
  });

  it.each([
    'name,email,phone\nAda Quokka,ada@quokka.example,555\nBo Wombat,bo@quokka.example,556\n',
    'Date,Description,Amount,Balance\n2026-11-01,Card payment to a shop,-3.50,100\n2026-11-02,Rent,-99,1\n',
    'name;description;price\nA lamp;It is bright;3\nA table;It is flat;4\n',
    'Name,Source,Email\nAda Quokka,Fair,ada@quokka.example\n',
    'name,url\nA shop,https://shop.example/\n',
  ])('are not of papers when only a name or a description suggests it: %j', (text) => {
    const { papers, problems, columns } = table.parse(text);
    const [first = ''] = (text.split('\n')[0] ?? '').split(/[,;]/);
    expect(papers).toEqual([]);
    expect(problems).toEqual([{ where: 'file', why: expect.stringContaining(`"${first}"`) as string }]);
    expect(columns?.names).toContain(first);
    const columnRoles: ColumnRole[] = columns?.names.map((_, at) => (at === 1 ? 'title' : 'none')) ?? [];
    expect(table.parse(text, { columnRoles }).papers.length).toBeGreaterThan(0);
  });

  it.each([
    'name,authors\nQuokka-Net,Ada Quokka\n',
    'name,doi\nQuokka-Net,10.9999/q\n',
    'name,abstract\nQuokka-Net,We study.\n',
    'name,journal\nQuokka-Net,J. of Quokka\n',
    'name,url,date\nQuokka-Net,https://a.example/,2026-11-19\n',
    'description,arxiv\nWe study maps.,2606.00010\n',
    'abstract,label\nWe study maps.,1\n',
    'title,price\nQuokka-Net,1\n',
  ])('are of papers when more columns suggest it: %j', (text) => {
    expect(table.parse(text).papers).toHaveLength(1);
  });

  it('are guessed from the cells without a header', () => {
    const text =
      `2606.00010,Quokka-Net: scoring maps,"Zoë Márquez, Wei O'Brien",2026-06-01,"${longSentence}"\n` +
      `2606.00020,Another made-up title,"Jan van der Berg, Ada Quokka",2026-06-02,"${longSentence}"\n`;
    expect(table.fits(text)).toBe(true);
    const { papers, columns } = table.parse(text);
    expect(columns?.names).toEqual(['Column 1', 'Column 2', 'Column 3', 'Column 4', 'Column 5']);
    expect(columns?.roles).toEqual(['arxiv', 'title', 'authors', 'date', 'abstract']);
    expect(papers.map(({ ids }) => ids.arxiv)).toEqual(['2606.00010', '2606.00020']);
    expect(papers[1]?.authors).toEqual(['Jan van der Berg', 'Ada Quokka']);
  });

  it('can be set by the reader', () => {
    const text = 'code,what,x\nq1,Quokka-Net,1\nq2,Wombats,2\n';
    const unread = table.parse(text);
    expect(unread.papers).toEqual([]);
    expect(unread.problems).toEqual([
      { where: 'file', why: expect.stringContaining('"code", "what", "x"') as string },
    ]);
    expect(unread.columns?.names).toEqual(['code', 'what', 'x']);
    expect(unread.columns?.sample).toEqual([
      ['q1', 'Quokka-Net', '1'],
      ['q2', 'Wombats', '2'],
    ]);
    const read = table.parse(text, { columnRoles: ['none', 'title', 'none'] });
    expect(read.papers.map(({ title }) => title)).toEqual(['Quokka-Net', 'Wombats']);
    expect(read.columns?.roles).toEqual(['none', 'title', 'none']);
    const several = 'title,a,b,c,d\nQuokka-Net,Ada Quokka,Bo Wombat,maps,sparse\n';
    const columnRoles: ColumnRole[] = ['title', 'authors', 'authors', 'categories', 'categories'];
    expect(table.parse(several, { columnRoles }).papers[0]).toMatchObject({
      authors: ['Ada Quokka', 'Bo Wombat'],
      categories: ['maps', 'sparse'],
    });
    expect(table.parse('title,b\nOne,Two\n', { columnRoles: ['title', 'title'] }).papers[0]?.title).toBe(
      'One',
    );
  });
});

describe('the cells of a table', () => {
  const authorsOf = (cell: string) =>
    table.parse(`title;authors\nQ;"${cell.replaceAll('"', '""')}"\n`).papers[0]?.authors;

  it.each([
    ['Márquez, Zoë', ['Zoë Márquez']],
    ['van der Berg, Jan', ['Jan van der Berg']],
    ["Zoë Márquez, Wei O'Brien Jr, Jan van der Berg", ['Zoë Márquez', "Wei O'Brien Jr", 'Jan van der Berg']],
    ['Zoë Márquez and Jan van der Berg', ['Zoë Márquez', 'Jan van der Berg']],
    ['Márquez, Zoë and van der Berg, Jan', ['Zoë Márquez', 'Jan van der Berg']],
    ['Zoë Márquez|Ada Quokka', ['Zoë Márquez', 'Ada Quokka']],
    [`['Zoë Márquez', "Wei O'Brien"]`, ['Zoë Márquez', "Wei O'Brien"]],
    ['["Ada Quokka"]', ['Ada Quokka']],
    ['__proto__', ['__proto__']],
  ])('hold authors: %s', (cell, expected) => {
    expect(authorsOf(cell)).toEqual(expected);
  });

  it('give dates as precise as written, and only the year of ambiguous ones', () => {
    const dateOf = (cell: string) => table.parse(`title;date\nQ;${cell}\n`).papers[0]?.date;
    expect(dateOf('2024-02-29')).toBe('2024-02-29');
    expect(dateOf('2026-06-01T23:00:00-05:00')).toBe('2026-06-01');
    expect(dateOf('2026.0')).toBe('2026');
    expect(dateOf('03/04/2026')).toBe('2026');
    expect(dateOf('Nov 2026')).toBe('2026-11');
    expect(dateOf('0000')).toBeUndefined();
    expect(dateOf('12345')).toBeUndefined();
  });

  it('never turn an id into a number', () => {
    const idOf = (cell: string) => table.parse(`title;arxiv\nQ;${cell}\n`).papers[0]?.ids.arxiv;
    expect(idOf('2606.00010')).toBe('2606.00010');
    expect(idOf('2606.0001')).toBe('2606.00010');
    expect(idOf('0704.0001')).toBe('0704.0001');
    expect(idOf('"=""2606.00010"""')).toBe('2606.00010');
  });

  it('may hold any words', () => {
    const text = '__proto__,constructor,title,toString\nx,y,__proto__,z\n';
    const { papers, columns } = table.parse(text);
    expect(columns?.roles).toEqual(['none', 'none', 'title', 'none']);
    expect(papers.map(({ title }) => title)).toEqual(['__proto__']);
  });

  it('lose the mark that prevents formulas', () => {
    const titleOf = (cell: string) => table.parse(`title;doi\n${cell};\n`).papers[0]?.title;
    for (const text of ['=1+1', '@SUM(A1)', '-2+3', '+4']) {
      expect(titleOf(`'${text}`)).toBe(text);
      expect(titleOf(text)).toBe(text);
    }
    expect(titleOf("'quoted' words")).toBe("'quoted' words");
  });

  it('never give a script as a link', () => {
    for (const url of [
      'javascript:alert(1)',
      ' java\tscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//x',
    ]) {
      expect(table.parse(`title;url\nQ;"${url}"\n`).papers[0]?.url).toBeUndefined();
    }
  });
});

/** A scan of quadratic time would take an hour for as many, so the time limit of a test is enough of a check. */
const hostileLength = 1_000_000;

describe('a hostile cell', () => {
  it.each([' ', '\t', '\n', ';', '|', ' ;'])('of a million of %j is read in linear time', (separator) => {
    const run = separator.repeat(hostileLength / separator.length);
    expect(cellUrl(`https://quokka.example/1${run}https://quokka.example/2`)?.url).toBe(
      'https://quokka.example/1',
    );
    expect(cellUrl(run)).toBeNull();
    expect(cellUrl(`x${run}x`)).toBeNull();
  });

  it.each([
    ['https://a.example/1;https://b.example/2', 'https://a.example/1'],
    ['https://a.example/1 ; | https://b.example/2', 'https://a.example/1'],
    ['https://a.example/1;x=2', 'https://a.example/1;x=2'],
    [';https://a.example/1', undefined],
  ])('holds the first of its links: %s', (cell, url) => {
    expect(cellUrl(cell)?.url).toBe(url);
  });
});

describe('a hostile header', () => {
  it.each(['', 'x', 'title', 'tags', 'author 1', 'some abstract'])(
    'of 100,000 columns named %j gets its roles in linear time',
    (name) => {
      const header = [...Array<string>(100_000).fill(name), 'Abstract', 'DOI', 'Year'];
      expect(rolesByName(header).slice(-2)).toEqual(['doi', 'date']);
    },
  );
});

describe('what is a table', () => {
  it.each([
    ['numbers by tabs', '1\t184\t1\n1\t29\t1\n1\t31\t1\n'],
    ['a header alone', 'Title;Abstract\n'],
    ['our own map', 'id,title,x,y,topic\n"arxiv:2606.00010","Quokka-Net, a title",0.1,0.2,maps\n'],
    ['labels above numbers', 'name_of,x,y\na,1,2\nb,3,4\n'],
    ['a header in bars', 'title|abstract\nQuokka-Net|We study.\n'],
  ])('%s', (_, text) => {
    expect(table.fits(text)).toBe(true);
  });

  it.each([
    ['prose', longSentence],
    [
      'prose with a comma in each line',
      'We went home, and slept.\nWe woke up, and ate.\nWe ate, and left.\n',
    ],
    ['code', "import { a } from 'b';\n\nexport const c = a;\n"],
    ['indented code', 'func main() {\n\treturn 1\n}\n'],
    [
      'a log',
      '2026-11-23 10:00:00,123 INFO started\n2026-11-23 10:00:01,456 INFO ended\n2026-11-23 10:00:02,1 INFO x\n',
    ],
    ['a log with bars', '2026-11-23 | INFO | a\n2026-11-23 | INFO | b\n2026-11-23 | WARN | c\n'],
    ['words with bars', 'INFO | main | started\nINFO | main | ended\nWARN | main | late\n'],
    ['JSON', '{"title": "a", "abstract": "b"}\n{"title": "c", "abstract": "d"}\n'],
    ['Markdown', '| Title | Link |\n|---|---|\n| a | b |\n'],
    ['a word', 'quokka'],
    ['settings', 'name = "quokka"\nversion = 1\n'],
  ])('is not %s', (_, text) => {
    expect(table.fits(text)).toBe(false);
  });
});

describe('any table', () => {
  const sign = fc.constantFrom(
    ...'title abstract,;|\t"\n\r =\'-@é[]<b>&'.split(''),
    'title',
    'doi',
    '__proto__',
  );

  it('is read whatever its contents', () => {
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 80 }), (signs) => {
        const text = `title,abstract,authors,toString,tags\n${signs.join('')}`;
        const { papers, problems, columns } = table.parse(text);
        expect(columns?.names).toHaveLength(5);
        papers.forEach((paper, index) => expect(paper.position).toBe(index));
        expect(problems.every(({ where }) => /^(?:line \d+|file)/.test(where))).toBe(true);
      }),
    );
  });

  it('keeps every title of a well-formed table', () => {
    const title = fc.stringMatching(/^[A-Za-z][A-Za-z ,;"\n]{0,20}[a-z]$/);
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 8 }), (titles) => {
        const rows = titles.map((own, index) => `2606.0${1000 + index},"${own.replaceAll('"', '""')}"`);
        const { papers, problems } = table.parse(['arxiv id,title', ...rows].join('\n'));
        expect(papers.map((paper) => paper.title)).toEqual(titles);
        expect(problems).toEqual([]);
      }),
    );
  });
});
