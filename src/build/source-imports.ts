import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** Relative to src, with forward slashes: 'core/paper/paper.ts'. */
  file: string;
  text: string;
  /** Files of src that it imports, statically, dynamically or as a worker's URL, as the same kind of path. */
  files: string[];
  /** Packages, Node's own modules and virtual modules that it imports, by their full names: 'd3', 'node:path'. */
  packages: string[];
}

const script = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

/** Every .ts and .svelte file under `src` with its imports. Imports that match no file are left to the compiler. */
export function readSources(src: string): SourceFile[] {
  const present = new Set(
    readdirSync(src, { recursive: true, encoding: 'utf8' })
      .map((file) => file.split(path.sep).join('/'))
      .filter((file) => /\.(ts|mjs|svelte|css|json)$/.test(file)),
  );
  return [...present]
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(path.join(src, file), 'utf8');
      const names = importedNames(file, text);
      return {
        file,
        text,
        files: names.filter((name) => name.startsWith('.')).flatMap((name) => resolve(file, name, present)),
        packages: names.filter((name) => !name.startsWith('.')),
      };
    });
}

/** Every name that a file imports or re-exports, statically or dynamically, without a query like `?worker&url`. */
export function importedNames(file: string, text: string): string[] {
  const code = file.endsWith('.svelte')
    ? [...text.matchAll(script)].map((match) => match[1]).join('\n')
    : text;
  const names = ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
  return [...new Set(names.map((name) => name.replace(/\?.*$/, '')))];
}

function resolve(from: string, name: string, present: Set<string>): string[] {
  const target = path.posix.join(path.posix.dirname(from), name);
  const file = ['', '.ts', '.d.ts', '.svelte']
    .map((ending) => target + ending)
    .find((candidate) => present.has(candidate));
  return file === undefined ? [] : [file];
}

/** Files of which each imports the next and the last is the first again; null when there is no cycle. */
export function findCycle(sources: readonly SourceFile[]): string[] | null {
  const importsOf = new Map(sources.map(({ file, files }) => [file, files]));
  const finished = new Set<string>();
  const chain: string[] = [];

  function visit(file: string): string[] | null {
    const start = chain.indexOf(file);
    if (start >= 0) return [...chain.slice(start), file];
    if (finished.has(file)) return null;
    chain.push(file);
    for (const next of importsOf.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    chain.pop();
    finished.add(file);
    return null;
  }

  for (const { file } of sources) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return null;
}
