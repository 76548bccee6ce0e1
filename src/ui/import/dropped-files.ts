/** More files than this in one drop are a disk, and no digests. */
export const maxDroppedFiles = 10_000;

/**
 * The files of a drop, those in folders too, as far as there are at most `maxDroppedFiles`. To be called while the
 * event is handled: afterwards the browser has forgotten the folders.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // a browser, or a test, that knows no entries still has the files
  if (entries.length === 0) return [...transfer.files].slice(0, maxDroppedFiles);
  const files: File[] = [];
  const waiting = entries;
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    if (files.length >= maxDroppedFiles) break;
    if (isFile(entry)) files.push(await fileOf(entry));
    else if (isFolder(entry)) waiting.unshift(...(await entriesOf(entry)));
  }
  return files;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** What cannot be opened is handed on as a file that cannot be read, so that the report names it. */
function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve) => {
    entry.file(resolve, (error) => {
      const unreadable = new File([], entry.name);
      unreadable.arrayBuffer = () => Promise.reject(error);
      resolve(unreadable);
    });
  });
}

/** In the order of their names. The browser gives them a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => {
      // a folder that may not be looked into is as good as empty
      reader.readEntries(resolve, () => resolve([]));
    });
    if (some.length === 0 || entries.length >= maxDroppedFiles) break;
    entries.push(...some);
  }
  // what a system hides is no digest of anyone
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
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
