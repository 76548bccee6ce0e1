/** More files than this in one drop are a whole disk, not digests. */
export const maxDroppedFiles = 10_000;

/**
 * The files of a drop, including those in folders; `isCut` when there were more than `maxDroppedFiles`, which are left
 * out. Must be called during the event: afterwards the browser has discarded the folders.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<{ files: File[]; isCut: boolean }> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // a browser or test without entries still has the files
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

/** An entry that cannot be opened becomes a file that cannot be read, so that the report names it. */
function unreadable(name: string, error: Error): File {
  const file = new File([], name);
  file.arrayBuffer = () => Promise.reject(error);
  return file;
}

/** Sorted by name. The browser returns a hundred at a time, and may fail halfway. */
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
  // hidden files of the system are not digests
  const inside = entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return { inside, error };
}

/** Pasted files, or else the pasted texts as files: the first text, and the others in case it holds no papers. */
export function pastedFiles(transfer: DataTransfer): { files: File[]; alternatives: File[] } {
  if (transfer.files.length > 0) return { files: [...transfer.files], alternatives: [] };
  const [first, ...alternatives] = ['text/plain', 'text/html'].flatMap((type) => {
    const text = transfer.getData(type);
    return text.trim() === '' ? [] : new File([text], 'Pasted text', { type });
  });
  return { files: first ? [first] : [], alternatives };
}
