import { zipSync, strToU8 } from 'fflate';
import { digestOf } from './fixtures/corpus';
import { expect, test } from './fixtures/test';
import { givenFile as given } from './fixtures/given-file';

const readable = /Quokka-Net: scoring .*sparse maps of a cold coast/;
const bibtex = given(
  'refs.bib',
  `@string{jq = "Journal of Quokka"}
@article{quokka2026,
  title = {{Quokka-Net}: scoring $k$-sparse maps of a cold coast},
  author = {M{\\'a}rquez, Zo{\\"e} and O'Brien, Wei},
  journal = jq, year = 2026, month = nov,
  eprint = {2611.00010}, archivePrefix = {arXiv}, primaryClass = {cs.LG},
  doi = {10.9999/quokka.2026.1}
}
@article{broken, title = {Never closed,
@article{lichens2026,
  title = {Lichens as clocks}, author = {Smith, Ruth}, year = 2026,
  abstract = {The diameter of the largest lichen tells when a rock fell.}
}
`,
);
const mail = given(
  'monday.txt',
  `Date: Mon, 23 Nov 26 01:29:12 GMT
Subject: cs.LG daily Subj-class mailing

------------------------------------------------------------------------------
------------------------------------------------------------------------------
\\\\
arXiv:2611.00010
Date: Thu, 19 Nov 2026 20:00:02 GMT   (1200kb,D)

Title: Quokka-Net: scoring $k$-sparse maps of a cold
  coast
Authors: Zo\\"e M\\'arquez and Wei O'Brien
Categories: cs.LG stat.ML
\\\\
  We score maps with $a_{i} < b$ and gain three per cent on hard
estuaries.
\\\\ ( https://arxiv.org/abs/2611.00010,  1200kb)
------------------------------------------------------------------------------
\\\\
arXiv:2611.00020
Date: Thu, 19 Nov 2026 20:10:00 GMT   (12kb)

Title: Moths that turn at dusk
Authors: Jan van der Berg
Categories: q-bio.PE
\\\\
  We follow moths by radio and see that they turn at dusk.
\\\\ ( https://arxiv.org/abs/2611.00020,  12kb)
`,
);
const ris = given(
  'export.ris',
  `TY  - JOUR
TI  - Quokka-Net: scoring k-sparse maps of a cold coast
AU  - Márquez, Zoë
PY  - 2026/11/21/
AB  - We score maps.
DO  - https://doi.org/10.9999/QUOKKA.2026.1
ER  - 
TY  - JOUR
TI  - Tides in three estuaries
AU  - Nguyễn, Minh
AB  - We measure how tides move sediment through three estuaries.
ER  - 
`,
);

test.describe('files of several formats', () => {
  test.beforeEach(async ({ atlas, server }) => {
    server.holdModel();
    server.shipFew(3);
    await atlas.open();
    await atlas.reaches('list');
  });

  test('that hold one common paper: report, list, map and search agree', async ({ atlas, server }) => {
    test.setTimeout(120_000);
    server.sendModel();
    await atlas.page.reload();
    await atlas.drop(bibtex, mail, ris);
    const { importReport } = atlas;
    await expect(importReport.file('refs.bib')).toContainText('2 new');
    await expect(importReport.file('refs.bib')).toContainText('Read as BibTeX.');
    await expect(importReport.file('refs.bib')).toContainText('1 skipped');
    await expect(importReport.file('monday.txt')).toContainText('1 new, 1 updated');
    await expect(importReport.file('monday.txt')).toContainText('Read as arXiv');
    await expect(importReport.file('export.ris')).toContainText('1 new');
    await expect(importReport.file('export.ris')).toContainText('Read as RIS.');

    await expect(atlas.list.heading).toHaveText('7 papers');
    await atlas.search.searchFor('quokka sparse maps');
    await expect(atlas.list.heading).toHaveText('1 of 7 papers');
    await atlas.list.row(1).getByRole('button').click();
    await expect(atlas.reader.title).toHaveText(readable);
    await expect(atlas.reader.sources).toHaveCount(3);
    await expect(atlas.reader.pane).toContainText('Zoë Márquez');
    await expect(atlas.reader.pane).toContainText('hard estuaries');
    await expect(atlas.progress.status).toHaveText('7 papers by meaning', { timeout: 60_000 });
    await expect(atlas.map.region).toContainText('7 papers on the map');
  });

  test('typeset their formulas: titles and abstracts hold MathML, and no dollar sign', async ({ atlas }) => {
    await atlas.addFiles(mail);
    await atlas.search.searchFor('quokka');
    // until the search is done the first row is another paper
    await expect(atlas.list.row(1).locator('math')).toHaveCount(1);
    await atlas.list.row(1).getByRole('button').click();
    await expect(atlas.reader.title.locator('math')).toHaveCount(1);
    await expect(atlas.reader.pane.locator('article > p math')).toHaveCount(1);
    await expect(atlas.reader.pane.locator('article')).not.toContainText('$');
    await expect(atlas.list.row(1).locator('math')).toHaveCount(1);
  });

  test('in a zip are one digest', async ({ atlas }) => {
    const files = {
      'refs.bib': strToU8(bibtex.buffer.toString()),
      'mails/monday.txt': strToU8(mail.buffer.toString()),
    };
    await atlas.addFiles(given('week.zip', zipSync(files)));
    await expect(atlas.importReport.file('week.zip')).toContainText('3 new');
    await expect(atlas.list.heading).toHaveText('6 papers');
    await atlas.digests.open();
    await expect(atlas.digests.digest('week')).toContainText('3 papers');
  });

  test('dropped again under another name change nothing and are reported as known', async ({ atlas }) => {
    await atlas.addFiles(ris);
    await expect(atlas.importReport.file('export.ris')).toContainText('2 new');
    await atlas.drop({ ...ris, name: 'renamed.txt' });
    await expect(atlas.importReport.file('renamed.txt')).toContainText('Already here as “export”');
    await expect(atlas.list.heading).toHaveText('5 papers');
  });

  test('a newer version takes the place of the older, and the paper stays one', async ({ atlas }) => {
    const version = (number: number) =>
      given(
        `v${number}.json`,
        JSON.stringify([
          {
            title: `Dunes, version ${number}`,
            abstract: `On dunes, ${number}.`,
            arxiv: `2611.00099v${number}`,
          },
        ]),
      );
    await atlas.addFiles(version(2));
    await expect(atlas.importReport.file('v2.json')).toContainText('1 new');
    await atlas.addFiles(version(1));
    await expect(atlas.importReport.file('v1.json')).toContainText('0 new');
    await atlas.addFiles(version(3));
    await expect(atlas.importReport.file('v3.json')).toContainText('1 updated');
    await expect(atlas.list.heading).toHaveText('4 papers');
    await expect(atlas.list.paper('Dunes, version 3')).toBeVisible();
  });

  test('when pasted are read like files, and text in a field is left to the field', async ({ atlas }) => {
    await atlas.paste(bibtex.buffer.toString());
    await expect(atlas.importReport.file('Pasted text')).toContainText('Read as BibTeX.');
    await expect(atlas.list.heading).toHaveText('5 papers');

    await atlas.paste(
      'Our paper: Wetlands at night',
      '<p>Our paper: <a href="https://arxiv.org/abs/2611.00077">Wetlands at night, heard by frogs</a></p><p>We listen to frogs in wetlands through forty nights of one summer and count them.</p>',
    );
    await expect(atlas.list.heading).toHaveText('6 papers');
    await expect(atlas.list.paper('Wetlands at night')).toBeVisible();
  });

  test('a table whose columns were misread is read again as the reader says', async ({ atlas }) => {
    const table = given('sheet.csv', 'Remark,Title\nDunes,On dunes and wind.\nReeds,On reeds and water.\n');
    await atlas.addFiles(table);
    await atlas.importReport.act('sheet.csv', /^Columns/);
    await atlas.importReport.columns.getByLabel('Remark').selectOption('Title');
    await atlas.importReport.columns.getByLabel('Title', { exact: false }).last().selectOption('Abstract');
    await atlas.importReport.columns.getByRole('button', { name: 'Read again' }).click();
    await expect(atlas.importReport.file('sheet.csv')).toContainText('2 new');
    await expect(atlas.list.heading).toHaveText('5 papers');
    await atlas.list.openPaper('Dunes');
    await expect(atlas.reader.pane).toContainText('On dunes and wind.');
  });

  test('of a folder, files of known formats are imported and the others are named', async ({ atlas }) => {
    await atlas.drop(
      bibtex,
      given('notes.xyz', 'Buy milk.\n'),
      given('photo.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)),
    );
    await expect(atlas.importReport.file('refs.bib')).toContainText('2 new');
    await expect(atlas.importReport.file('notes.xyz')).toContainText(/BibTeX/);
    await expect(atlas.importReport.file('photo.png')).toContainText(/PNG/);
  });

  test('an empty file among fifty good ones is named, and they are imported', async ({ atlas }) => {
    const good = Array.from({ length: 50 }, (_, at) =>
      given(`good-${at}.json`, digestOf([{ title: `Note ${at} on reeds`, abstract: `Reeds, ${at}.` }])),
    );
    await atlas.addFiles(...good.slice(0, 25), given('none.bib', ''), ...good.slice(25));
    await expect(atlas.list.heading).toHaveText('53 papers', { timeout: 30_000 });
    await expect(atlas.importReport.file('none.bib')).toContainText('nothing in it');
    await expect(atlas.importReport.region).toContainText(
      '50 of 51 files read, 1 without papers; 50 papers new.',
    );
  });

  test('titles in any script, of any length, break no line and no pane', async ({ atlas }) => {
    const titles = [
      'مجموعة من الخرائط: قياس المد والجزر في مصبات باردة',
      '深い森の地衣類による落石の年代測定',
      'Family 👨‍👩‍👧‍👦 and flags 🏳️‍🌈, with many a̸̛̲͌c̵̨̆c̴͚͂e̷͚͝n̷̩͝t̴̟͠s̶̰̏',
      `Long ${'unbreakable'.repeat(450)}`,
      `Wordy ${'many short words '.repeat(290)}`,
    ];
    await atlas.addFiles(
      given('scripts.json', JSON.stringify(titles.map((title) => ({ title, abstract: title })))),
    );
    await expect(atlas.importReport.file('scripts.json')).toContainText('5 new');
    for (const place of [4, 5, 6, 7, 8]) {
      await atlas.list.row(place).getByRole('button').click();
      await expect(atlas.reader.title).not.toBeEmpty();
      const overflow = await atlas.page.evaluate(
        () =>
          [document.documentElement, ...document.querySelectorAll('aside, [role=list]')].filter(
            ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
          ).length,
      );
      expect(overflow).toBe(0);
    }
    await atlas.search.searchFor('الخرائط');
    await expect(atlas.list.heading).toHaveText('1 of 8 papers');
    // a compatibility letter (ligature) matches the letters that it stands for
    await atlas.search.searchFor('ﬂags');
    await expect(atlas.list.heading).toHaveText('1 of 8 papers');
  });

  test('an XML file that declares entities is refused with a message', async ({ atlas }) => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&b;</title></entry></feed>`;
    await atlas.drop(given('bomb.xml', bomb));
    await expect(atlas.importReport.file('bomb.xml')).toContainText(/entit/i);
    await expect(atlas.list.heading).toHaveText('3 papers');
  });
});
