import { digestOf, shippedPapers } from './fixtures/corpus';
import { savedPositions, savedVectors } from './fixtures/database';
import { test as withLibrary } from './fixtures/saved-library';
import { expect, test } from './fixtures/test';
import type { GivenFile } from './pages/atlas-page';

const [known] = shippedPapers();
if (!known) throw new Error('expected a shipped paper');

const estuaries = {
  title: 'Tidal sediment in the estuaries of a cold coast',
  abstract: 'We measure how tides move fine sediment through three estuaries over two winters.',
};
const lichens = {
  title: 'Lichens as clocks: dating rock falls by the growth of their crusts',
  abstract: 'The diameter of the largest lichen on a boulder tells how long ago it fell.',
};

const file = (name: string, content: string | Buffer, mimeType = 'application/json'): GivenFile => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});
const digest = file('monday.json', digestOf([estuaries, known, lichens]));

withLibrary.describe('a digest dropped on the page', () => {
  withLibrary(
    'reports how many papers are new, and puts them on list and map; the others do not move',
    async ({ atlas }) => {
      withLibrary.setTimeout(120_000);
      await atlas.open();
      await atlas.reaches('map');
      const before = await savedPositions(atlas.page);

      await atlas.drop(digest);
      await expect(atlas.importReport.region).toContainText('monday.json');
      await expect(atlas.importReport.region).toContainText('2 new, 1 already known.');
      await expect(atlas.list.heading).toHaveText('201 papers');
      await atlas.search.searchFor('lichen crusts');
      await atlas.list.openPaper(lichens.title);
      await expect(atlas.reader.title).toHaveText(lichens.title);
      await expect(atlas.reader.pane).toContainText('monday, no. 3');
      await expect(atlas.reader.nearest).toHaveCount(10, { timeout: 90_000 });
      await expect(atlas.progress.status).toHaveText('201 papers by meaning', { timeout: 30_000 });
      await expect.poll(async () => (await savedPositions(atlas.page)).size).toBe(201);

      const after = await savedPositions(atlas.page);
      expect(
        [...before].filter(([hash, place]) => !Object.is(after.get(hash)?.toString(), place.toString())),
      ).toEqual([]);
      expect([...after.values()].flat().every(Number.isFinite)).toBe(true);
      expect((await savedVectors(atlas.page)).texts.size).toBe(201);
    },
  );

  withLibrary('is there at the next visit, on the map too', async ({ atlas }) => {
    withLibrary.setTimeout(120_000);
    await atlas.open();
    await atlas.reaches('map');
    await atlas.addFiles(digest);
    await expect(atlas.progress.status).toHaveText('201 papers by meaning', { timeout: 90_000 });
    await expect.poll(async () => (await savedPositions(atlas.page)).size).toBe(201);
    await atlas.page.reload();
    await atlas.reaches('map');
    await expect(atlas.list.heading).toHaveText('201 papers');
    await expect(atlas.progress.status).toHaveText('201 papers by meaning');
    expect(await atlas.marks()).not.toContain('atlas:map-provisional');
  });
});

test.describe('files added', () => {
  test.beforeEach(async ({ atlas, server }) => {
    server.holdModel();
    server.shipWhole(3);
    await atlas.open();
    await atlas.reaches('list');
  });

  test('by the button count new and known papers just as dropped ones', async ({ atlas }) => {
    await atlas.addFiles(digest);
    await expect(atlas.importReport.region).toContainText('2 new, 1 already known.');
    await expect(atlas.list.heading).toHaveText('5 papers');
    await expect(atlas.list.paper(estuaries.title)).toContainText('New');
    await atlas.list.openPaper(estuaries.title);
    await expect(atlas.list.paper(estuaries.title)).not.toContainText('New');
  });

  test('twice change nothing the second time, whatever they are called', async ({ atlas }) => {
    await atlas.addFiles(digest);
    await expect(atlas.importReport.region).toContainText('2 new');
    await atlas.drop({ ...digest, name: 'copy of monday.json' });
    await expect(atlas.importReport.region).toContainText('copy of monday.json');
    await expect(atlas.importReport.region).toContainText('Already here as “monday”');
    await expect(atlas.list.heading).toHaveText('5 papers');
  });

  test('that are empty are named, and the good ones among them are imported', async ({ atlas }) => {
    const good = Array.from({ length: 5 }, (_, index) =>
      file(`good-${index}.json`, digestOf([{ ...estuaries, title: `${estuaries.title}, part ${index}` }])),
    );
    await atlas.addFiles(file('blank.txt', '  \n \n', 'text/plain'), ...good, file('none.json', ''));
    const { region } = atlas.importReport;
    await expect(region.getByRole('listitem')).toHaveCount(7);
    await expect(region.getByRole('listitem').filter({ hasText: '1 new' })).toHaveCount(5);
    for (const name of ['blank.txt', 'none.json']) {
      await expect(region.getByRole('listitem').filter({ hasText: name })).toContainText('nothing in it');
    }
    await expect(atlas.list.heading).toHaveText('8 papers');
  });

  test('with a broken record lose that record only, and the report says why', async ({ atlas }) => {
    const records = [estuaries, 7, { title: { en: 'no text' } }, lichens];
    await atlas.addFiles(
      file('mixed.json', JSON.stringify({ format: 'digest-atlas', version: 1, papers: records })),
    );
    await expect(atlas.importReport.region).toContainText('2 new');
    await atlas.importReport.file('mixed.json').locator('summary').click();
    await expect(atlas.importReport.region).toContainText('Expected a paper, got a number.');
    await atlas.importReport.region.getByRole('button', { name: 'Close import report' }).click();
    await expect(atlas.importReport.region).toHaveCount(0);
  });
});

test.describe('files without papers', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
  });

  const unread: { kind: string; says: RegExp; given: GivenFile }[] = [
    {
      kind: 'a PDF',
      says: /PDF.*not yet read/,
      given: file(
        'paper.pdf',
        Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n', 'latin1'),
        'application/pdf',
      ),
    },
    {
      kind: 'an SVG image',
      says: /SVG image.*not yet read/,
      given: file('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="pwn=1"/>', 'image/svg+xml'),
    },
    {
      kind: 'a page that names no paper',
      says: /arXiv|DOI/,
      given: file('page.html', '<!doctype html><script>window.pwn=1</script><p>Hello', 'text/html'),
    },
    {
      kind: 'plain prose, with the formats that were tried',
      says: /RIS.*BibTeX/s,
      given: file('notes.txt', 'Buy milk, and bread.\n', 'text/plain'),
    },
  ];
  for (const { kind, says, given } of unread) {
    test(`are named: ${kind}`, async ({ atlas, server }) => {
      server.shipFew(0);
      await atlas.open();
      await atlas.reaches('list');
      await atlas.drop(given);
      await expect(atlas.importReport.region).toContainText(given.name);
      await expect(atlas.importReport.region).toContainText(says);
      await expect(atlas.list.heading).toHaveText('0 papers');
    });
  }
});

test.describe('hostile texts', () => {
  test.beforeEach(({ server }) => {
    server.holdModel();
  });

  const payloads = [
    '<script>window.pwn = 1</script>',
    '<img src=x onerror="window.pwn = 1">',
    '"><b onmouseover="window.pwn = 1" autofocus onfocus="window.pwn = 1">',
    '<svg onload="window.pwn = 1"><animate onbegin="window.pwn = 1"/></svg>',
    '<iframe srcdoc="<script>parent.pwn = 1</script>"></iframe>',
    '[click](javascript:window.pwn=1) javascript:window.pwn=1 data:text/html,<script>parent.pwn=1</script>',
    'https://example.invalid/"onmouseover="window.pwn=1 http://[javascript:1]/ https://a.invalid/\u202egpj.exe',
    '{{constructor.constructor("window.pwn=1")()}} ${window.pwn=1} {@html "<b>"}',
  ];
  const schemes = [
    'javascript:window.pwn=1',
    'java\tscript:window.pwn=1',
    'data:text/html,x',
    'vbscript:x',
    '&#106;avascript:1',
  ];
  const records = payloads.map((payload, index) => ({
    title: `Paper ${index + 1} ${payload}`,
    abstract: `Abstract ${payload}`,
    authors: [payload, `A. Author${payload}`],
    url: schemes[index % schemes.length],
    ids: { doi: `10.1000/${payload}`, arxiv: schemes[index % schemes.length] },
    date: payload,
    __proto__: { polluted: 'yes' },
    constructor: { prototype: { polluted: 'yes' } },
  }));
  const hostile = file(
    '<img src=x onerror=window.pwn=1> \u202egnp.json',
    JSON.stringify({ format: 'digest-atlas', version: 1, name: payloads.join(' '), papers: records }).replace(
      '"title"',
      '"__proto__":{"polluted":"yes"},"title"',
    ),
  );

  test('stay text in list, map, reader and report', async ({ atlas, server }) => {
    test.setTimeout(120_000);
    server.sendModel();
    server.shipFew(3);
    await atlas.open();
    await atlas.reaches('list');
    await atlas.drop(hostile);
    await expect(atlas.importReport.region).toContainText(`${records.length} new`);
    await expect(atlas.list.heading).toHaveText(`${3 + records.length} papers`);
    await atlas.reaches('map');

    for (const [index, payload] of payloads.entries()) {
      await atlas.search.searchFor(`Paper ${index + 1}`);
      const row = atlas.list.paper(`Paper ${index + 1} `);
      await row.hover();
      await row.click();
      await expect(atlas.reader.title).toContainText(`Paper ${index + 1} `);
      await expect(atlas.reader.pane.locator('article')).toContainText(
        payload.replaceAll('\u202e', '').slice(0, 12),
      );
      const addresses = await atlas.page
        .locator('a[href]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      expect(addresses.filter((address) => !/^(https?:\/\/|mailto:)/i.test(address))).toEqual([]);
    }

    const made = atlas.page.locator(
      'main script, main img, main iframe, main b, main animate, main [onerror], main [onload], main [onmouseover]',
    );
    await expect(made).toHaveCount(0);
    const traces = await atlas.page.evaluate(() => ({
      pwn: 'pwn' in window,
      polluted: 'polluted' in {},
    }));
    expect(traces).toEqual({ pwn: false, polluted: false });
  });

  test('in the address are searched as text, and nothing more', async ({ atlas, server }) => {
    server.shipFew(3);
    await atlas.open(
      `#q=${encodeURIComponent(payloads.join(' '))}&paper=${encodeURIComponent(payloads[1] ?? '')}`,
    );
    await expect(atlas.notices.about(/not in this library/)).toBeVisible();
    await expect(atlas.search.box).toHaveValue(payloads.join(' '));
    expect(await atlas.page.evaluate(() => 'pwn' in window)).toBe(false);
  });
});
