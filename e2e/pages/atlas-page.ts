import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { DigestShelf } from './digest-shelf';
import { ExportDialog } from './export-dialog';
import { Help } from './help';
import { ImportReport } from './import-report';
import { MapView } from './map-view';
import { Notices } from './notices';
import { PaperList } from './paper-list';
import { Progress } from './progress';
import { Reader } from './reader';
import { SearchBox } from './search-box';
import { Settings } from './settings';
import { Sheet } from './sheet';
import { TopicPanel } from './topic-panel';

/** In the order in which they must come; `map-provisional` is left out when a cached layout is shown. */
export const stages = ['shell', 'list', 'map-provisional', 'map'] as const;
export type Stage = (typeof stages)[number];

export interface GivenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The app in one page, with its parts named as in the docs and for assistive technology. */
export class AtlasPage {
  readonly page: Page;
  readonly search: SearchBox;
  readonly map: MapView;
  readonly list: PaperList;
  readonly reader: Reader;
  readonly importReport: ImportReport;
  readonly digests: DigestShelf;
  readonly progress: Progress;
  readonly settings: Settings;
  readonly help: Help;
  readonly exporting: ExportDialog;
  readonly notices: Notices;
  readonly sheet: Sheet;
  readonly topics: TopicPanel;
  readonly #fileInput: Locator;

  constructor(page: Page) {
    this.page = page;
    this.search = new SearchBox(page);
    this.map = new MapView(page);
    this.list = new PaperList(page);
    this.reader = new Reader(page);
    this.importReport = new ImportReport(page);
    this.digests = new DigestShelf(page);
    this.progress = new Progress(page);
    this.settings = new Settings(page);
    this.help = new Help(page);
    this.exporting = new ExportDialog(page);
    this.notices = new Notices(page);
    this.sheet = new Sheet(page);
    this.topics = new TopicPanel(page);
    this.#fileInput = page.getByLabel('Add digest files');
  }

  /** `hash`: of a shared address, with its #. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`);
  }

  /** Waits for this stage or a later one. Embedding the whole corpus on a slow machine takes a minute. */
  async reaches(stage: Stage, timeout = 150_000): Promise<void> {
    const reached = new RegExp(`^(${stages.slice(stages.indexOf(stage)).join('|')})$`);
    await expect(this.page.locator('html')).toHaveAttribute('data-stage', reached, { timeout });
  }

  /** Waits until the service worker controls this page and every byte that this device needs is stored. */
  async isReadyOffline(timeout = 60_000): Promise<void> {
    await expect
      .poll(async () => (await this.marks()).includes('atlas:offline-ready'), { timeout })
      .toBe(true);
    await this.isInControl();
  }

  /** Waits until the service worker controls this page: code and corpus are stored. */
  async isInControl(): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  }

  /** The names of the app's time marks, earliest first. */
  async marks(): Promise<string[]> {
    const names = await this.page.evaluate(() =>
      performance
        .getEntriesByType('mark')
        .toSorted((a, b) => a.startTime - b.startTime)
        .map(({ name }) => name),
    );
    return names.filter((name) => name.startsWith('atlas:'));
  }

  async addFiles(...files: GivenFile[]): Promise<void> {
    await this.#fileInput.setInputFiles(files);
  }

  /** Pastes a text, as copied from elsewhere, onto the page itself. */
  async paste(text: string, html?: string): Promise<void> {
    await this.page.evaluate(
      ({ text, html }) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        if (html !== undefined) clipboardData.setData('text/html', html);
        document.body.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      { text, html },
    );
  }

  /** Drops files in the middle of the page, as from the desktop. */
  async drop(...files: GivenFile[]): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (given) => {
        const carried = new DataTransfer();
        for (const { name, mimeType, bytes } of given) {
          carried.items.add(new File([Uint8Array.from(bytes)], name, { type: mimeType }));
        }
        return carried;
      },
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] })),
    );
    for (const event of ['dragenter', 'dragover', 'drop']) {
      await this.map.surface.dispatchEvent(event, { dataTransfer: transfer });
    }
  }
}
