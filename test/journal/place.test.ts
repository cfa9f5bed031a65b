import { existsSync, linkSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import {
  byMagic,
  byMounts,
  byWindowsPath,
  type FileSystem,
  fileSystemOf,
} from '../../src/journal/file-system.ts';
import { errorOf, newFolder, newPath, openJournal, startWriter } from './files.ts';
import { takeInventory } from './stock.ts';

const NFS: FileSystem = { kind: 'network', name: 'NFS' };

describe('a journal on a network drive', () => {
  it('is not begun, and the way out is told', () => {
    const path = join(newFolder(), 'a', 'journal.sqlite');
    const error = errorOf(() => openJournal(path, { fileSystemOf: () => NFS }));
    expect(error).toMatchObject({ code: 'journal_on_network', exitCode: EXIT.wrongInput });
    expect(error.message).toContain('NFS');
    expect(error.hint).toContain('CLIO_FIELDS_NETWORK_JOURNAL=allow');
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('is written where that is allowed, with a warning each time', () => {
    const warnings: string[] = [];
    const onWarning = (warning: string) => warnings.push(warning);
    const options = { fileSystemOf: () => NFS, allowsNetwork: true, onWarning };
    takeInventory(openJournal(newPath(), options));
    expect(warnings).toEqual([expect.stringContaining('no other computer')]);
  });

  it('can be read', () => {
    const path = newPath();
    takeInventory(openJournal(path));
    const journal = openJournal(path, { access: 'read', fileSystemOf: () => NFS });
    expect(journal.inventories.find().inventoryId).toBe('inventory-1');
  });
});

it.each([
  ['/home/a/OneDrive - Example LLP/clio/journal.sqlite', 'OneDrive - Example LLP'],
  ['C:\\Users\\a\\Dropbox\\clio\\journal.sqlite', 'Dropbox'],
  ['/Users/a/Library/Mobile Documents/x/journal.sqlite', 'Mobile Documents'],
])('a folder that is copied elsewhere is warned of: %s', (path, name) => {
  const warnings: string[] = [];
  const folder = newFolder();
  const onWarning = (warning: string) => warnings.push(warning);
  openJournal(join(folder, ...path.split(/[\\/]/u).slice(1)), { onWarning });
  expect(warnings).toEqual([expect.stringContaining(name)]);
});

it('a place that may be another computer’s is warned of, and used', () => {
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  openJournal(newPath(), { onWarning, fileSystemOf: () => ({ kind: 'doubtful', name: 'FUSE' }) });
  expect(warnings).toEqual([expect.stringContaining('FUSE')]);
});

describe('what a folder lies on', () => {
  it('is no network for the folder of this test', () => {
    expect(fileSystemOf(newFolder()).kind).not.toBe('network');
  });

  it('is local where nobody can tell', () => {
    expect(fileSystemOf(join(newFolder(), 'not there'))).toEqual({ kind: 'local' });
  });

  it.each([
    [0x6969, 'network'],
    [0xff534d42, 'network'],
    // As a signed number of 32 bits.
    [-11317950, 'network'],
    [0x517b, 'network'],
    [0x65735546, 'doubtful'],
    [0x01021997, 'doubtful'],
    [0xef53, 'local'],
    [0x01021994, 'local'],
  ])('is, by the number of Linux %i, %s', (type, kind) => {
    expect(byMagic(type).kind).toBe(kind);
  });

  it.each([
    ['\\\\server\\share\\clio', 'network'],
    ['//server/share/clio', 'network'],
    ['\\\\?\\UNC\\server\\share\\clio', 'network'],
    ['\\\\?\\C:\\clio', 'local'],
    ['\\\\.\\C:\\clio', 'local'],
    ['C:\\clio', 'local'],
  ])('is, by the Windows path %s, %s', (path, kind) => {
    expect(byWindowsPath(path).kind).toBe(kind);
  });

  const MOUNTS = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//pat@files.example.com/firm on /Volumes/firm (smbfs, nodev, nosuid, mounted by pat)
files.example.com:/x on /Volumes/firm/nested (1) (nfs)
/dev/disk5s1 on /Volumes/firmware (msdos, local)
ssh on /Volumes/remote (macfuse, nodev)
`;
  it.each([
    ['/Users/pat/clio', 'local'],
    ['/Volumes/firm', 'network'],
    ['/Volumes/firm/a/b', 'network'],
    ['/Volumes/firm/nested (1)/b', 'network'],
    ['/Volumes/firmware', 'local'],
    ['/Volumes/remote/x', 'doubtful'],
  ])('is, by the mounts of a Mac for %s, %s', (folder, kind) => {
    expect(byMounts(MOUNTS, folder).kind).toBe(kind);
  });
});

describe('a journal under another name', () => {
  it('is held by whoever opened it by its own: a symbolic link leads to the same lock', async () => {
    const path = newPath();
    const { pid, kill } = await startWriter(path, 'hold');
    const link = join(newFolder(), 'link.sqlite');
    symlinkSync(path, link);
    const error = errorOf(() => openJournal(link));
    expect(error).toMatchObject({ code: 'journal_locked', exitCode: EXIT.stopped });
    expect(error.message).toContain(`process ${pid} `);
    await kill();
  });

  it.each(['read', 'write'] as const)(
    'is not opened where that is a hard link, beside which its log is not (%s)',
    (access) => {
      const path = newPath();
      takeInventory(openJournal(path));
      const other = join(newFolder(), 'other.sqlite');
      // Hard links do not lead from one file system to another.
      linkSync(path, other);
      for (const name of [path, other]) {
        const error = errorOf(() => openJournal(name, { access }));
        expect(error).toMatchObject({ code: 'journal_hard_link', exitCode: EXIT.wrongInput });
      }
    },
  );
});
