import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  extraneous?: boolean;
  optionalDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
}

/** Packages whose install scripts are known and not needed: installs run without scripts (.npmrc). */
const knownInstallScripts = ['esbuild', 'fsevents', 'protobufjs'];

const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
};
const locked = Object.entries(lockfile.packages).filter(([folder]) => folder !== '');

const foldersWhere = (isWrong: (entry: LockedPackage, folder: string) => boolean) =>
  locked.filter(([folder, entry]) => isWrong(entry, folder)).map(([folder]) => folder);

describe('the lockfile', () => {
  it('has a SHA-512 hash for every package', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(foldersWhere(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('refers to no host, git repository or local folder', () => {
    expect(foldersWhere(({ resolved, link }) => resolved !== undefined || link === true)).toEqual([]);
  });

  it('holds no extraneous package', () => {
    expect(foldersWhere(({ extraneous }) => extraneous === true)).toEqual([]);
  });

  it('holds no install script that has not been reviewed', () => {
    const isUnknown = ({ hasInstallScript }: LockedPackage, folder: string) =>
      hasInstallScript === true && !knownInstallScripts.includes(folder.replace(/^.*node_modules\//, ''));
    expect(foldersWhere(isUnknown)).toEqual([]);
  });

  it('includes the optional packages of other systems, without which "npm ci" fails', () => {
    const isLocked = (folder: string, name: string) =>
      [`${folder}/node_modules/${name}`, `node_modules/${name}`].some((path) => path in lockfile.packages);
    const missing = locked.flatMap(([folder, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter((name) => !isLocked(folder, name)),
    );
    expect(missing).toEqual([]);
  });

  it('matches package.json, which names exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const wanted = Object.entries({ ...dependencies, ...devDependencies });
    const installed = wanted.map(([name]) => [name, lockfile.packages[`node_modules/${name}`]?.version]);
    expect(installed).toEqual(wanted);
  });

  it('is installed without running scripts', () => {
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });
});
