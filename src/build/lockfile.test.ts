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

/** Their install scripts do nothing that we need: installs run without any (.npmrc). */
const knownInstallScripts = ['esbuild', 'fsevents', 'protobufjs'];

const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
};
const locked = Object.entries(lockfile.packages).filter(([folder]) => folder !== '');

const foldersWhere = (isWrong: (entry: LockedPackage, folder: string) => boolean) =>
  locked.filter(([folder, entry]) => isWrong(entry, folder)).map(([folder]) => folder);

describe('the lockfile', () => {
  it('names the bytes of every package', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(foldersWhere(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('names no host, no git repository and no folder of this machine to fetch from', () => {
    expect(foldersWhere(({ resolved, link }) => resolved !== undefined || link === true)).toEqual([]);
  });

  it('holds nothing that nothing asks for', () => {
    expect(foldersWhere(({ extraneous }) => extraneous === true)).toEqual([]);
  });

  it('holds no install script that nobody has looked at', () => {
    const isUnknown = ({ hasInstallScript }: LockedPackage, folder: string) =>
      hasInstallScript === true && !knownInstallScripts.includes(folder.replace(/^.*node_modules\//, ''));
    expect(foldersWhere(isUnknown)).toEqual([]);
  });

  it('knows the packages of other systems, without which "npm ci" refuses it', () => {
    const isLocked = (folder: string, name: string) =>
      [`${folder}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in lockfile.packages);
    const unknown = locked.flatMap(([folder, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter((name) => !isLocked(folder, name)),
    );
    expect(unknown).toEqual([]);
  });

  it('is what package.json asks for, by exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const wanted = Object.entries({ ...dependencies, ...devDependencies });
    const present = wanted.map(([name]) => [name, lockfile.packages[`node_modules/${name}`]?.version]);
    expect(present).toEqual(wanted);
  });

  it('is installed without running scripts', () => {
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });
});
