import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures/test';

const dist = path.resolve('dist');
const kilobyte = 1000;

/** Every file of the build, relative to dist. */
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => statSync(path.join(dist, file)).isFile())
  .map((file) => file.split(path.sep).join('/'));

const bytesOf = (file: string) => readFileSync(path.join(dist, file));
const zippedSize = (file: string) => gzipSync(bytesOf(file)).length;
const html = bytesOf('index.html').toString();

/** Every file of the build that a page names in a script or a link. */
function linkedFrom(page: string): string[] {
  return [...page.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\.\/([^"]+)"/g)].flatMap(
    ([, file]) => file ?? [],
  );
}

function precached(): string[] {
  const list = /\[\{[^\]]*"?url"?:[^\]]*\}\]/.exec(bytesOf('sw.js').toString())?.[0];
  if (!list) throw new Error('expected a precache list in sw.js');
  return [...list.matchAll(/"?url"?:\s*["'`]([^"'`]+)["'`]/g)].flatMap(([, url]) => url ?? []);
}

test.describe('the build', () => {
  test('precaches all that the app may request, except the model and fonts of other scripts', () => {
    const otherScripts = /-(cyrillic|cyrillic-ext|greek|greek-ext|vietnamese)-/;
    const wanted = files.filter(
      (file) => file !== 'sw.js' && !file.startsWith('model/') && !otherScripts.test(file),
    );
    expect(precached().toSorted()).toEqual(wanted.toSorted());
  });

  test('precaches nothing twice and nothing that is not there', () => {
    const urls = precached();
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls.filter((url) => !files.includes(url))).toEqual([]);
  });

  test('links scripts and styles of at most 150 kB from its page', () => {
    const linked = linkedFrom(html).filter((file) => /\.(js|css)$/.test(file));
    expect(linked.some((file) => file.endsWith('.js'))).toBe(true);
    expect(linked.some((file) => file.endsWith('.css'))).toBe(true);
    const total = ['index.html', ...linked].reduce((sum, file) => sum + zippedSize(file), 0);
    expect(total).toBeLessThanOrEqual(150 * kilobyte);
  });

  test('links no file over 200 kB that the first paint may wait for, fonts and icons among them', () => {
    const linked = linkedFrom(html);
    const styles = linked.filter((file) => file.endsWith('.css'));
    const fonts = styles.flatMap((style) =>
      [
        ...bytesOf(style)
          .toString()
          .matchAll(/url\(["']?([^"')]+\.woff2)/g),
      ].map(([, url]) => path.posix.join(path.posix.dirname(style), url ?? '')),
    );
    expect(fonts.length).toBeGreaterThan(0);
    expect([...linked, ...fonts].filter((file) => zippedSize(file) > 200 * kilobyte)).toEqual([]);
  });

  test('holds the runtime once, and only in model/', () => {
    expect(files.filter((file) => /\.(wasm|onnx)$/.test(file) && !file.startsWith('model/'))).toEqual([]);
  });

  test('has no script and no style inside its page', () => {
    expect(
      [...html.matchAll(/<script\b([^>]*)>/g)].filter(([, attributes]) => !/\bsrc=/.test(attributes ?? '')),
    ).toEqual([]);
    expect(html).not.toMatch(/<style\b|\sstyle=|\son\w+=/);
  });

  test('states its content policy before anything that the policy restricts', () => {
    const policy = html.indexOf('http-equiv="Content-Security-Policy"');
    expect(policy).toBeGreaterThan(0);
    expect(policy).toBeLessThan(html.search(/<(script|link|style|img)\b/));
  });

  test('loads nothing from another host', () => {
    const pages = files.filter((file) => /\.(html|css|webmanifest|svg)$/.test(file));
    const loads = pages.flatMap((file) =>
      [
        ...bytesOf(file)
          .toString()
          .matchAll(/(?:src|href|url\(|@import)\W{0,3}(?:https?:)?\/\/[^\s"')]+/g),
      ].map(([load]) => `${file}: ${load}`),
    );
    expect(loads).toEqual([]);
  });
});

test('the browser finds nothing that keeps the app from being installed', async ({ atlas, page }) => {
  await atlas.open();
  const debug = await page.context().newCDPSession(page);
  const { errors, manifest } = await debug.send('Page.getAppManifest').then(({ errors, data }) => ({
    errors,
    manifest: JSON.parse(data ?? '{}') as { icons: { purpose: string }[] },
  }));
  expect(errors).toEqual([]);
  expect(new Set(manifest.icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']));
  const { installabilityErrors } = await debug.send('Page.getInstallabilityErrors');
  // Tests run in private windows, which is the one error that is allowed.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
});
