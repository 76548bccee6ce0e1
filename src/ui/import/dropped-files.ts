/** More files than this in one drop are a disk, and no digests. */
export const maxDroppedFiles = 10_000;

/**
 * The files of a drop, those in folders too; `isCut` when there were more than `maxDroppedFiles`, which are left out. To
 * be called while the event is handled: afterwards the browser has forgotten the folders.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<{ files: File[]; isCut: boolean }> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // a browser, or a test, that knows no entries still has the files
  if (entries.length === 0) return cut([...transfer.files]);
  const files: File[] = [];
  const waiting = entries;
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    if (files.length > maxDroppedFiles) break;
    if (isFile(entry)) files.push(await fileOf(entry));
    else if (isFolder(entry)) {
      const { inside, error } = await entriesOf(entry);
      waiting.unshift(...inside);
      if (error !== null) files.push(unreadable(`${entry.name} (folder)`, error));
    }
  }
  return cut(files);
}

function cut(files: File[]): { files: File[]; isCut: boolean } {
  return { files: files.slice(0, maxDroppedFiles), isCut: files.length > maxDroppedFiles };
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve) => entry.file(resolve, (error) => resolve(unreadable(entry.name, error))));
}

/** What cannot be opened is handed on as a file that cannot be read, so that the report names it. */
function unreadable(name: string, error: Error): File {
  const file = new File([], name);
  file.arrayBuffer = () => Promise.reject(error);
  return file;
}

/** In the order of their names. The browser gives them a hundred at a time, and may stop halfway. */
async function entriesOf(
  folder: FileSystemDirectoryEntry,
): Promise<{ inside: FileSystemEntry[]; error: Error | null }> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  let error: Error | null = null;
  while (entries.length <= maxDroppedFiles) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, (cause) => {
        error = cause;
        resolve([]);
      });
    });
    if (some.length === 0) break;
    entries.push(...some);
  }
  // what a system hides is no digest of anyone
  const inside = entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return { inside, error };
}

/** What was pasted, as files: those that it holds, or its texts, of which the first that holds papers counts. */
export function pastedFiles(transfer: DataTransfer): { files: File[]; alternatives: File[] } {
  if (transfer.files.length > 0) return { files: [...transfer.files], alternatives: [] };
  const [first, ...alternatives] = ['text/plain', 'text/html'].flatMap((type) => {
    const text = transfer.getData(type);
    return text.trim() === '' ? [] : new File([text], 'Pasted text', { type });
  });
  return { files: first ? [first] : [], alternatives };
}
