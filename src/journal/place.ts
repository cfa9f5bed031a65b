import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors.ts';
import type { FileSystem } from './file-system.ts';

/** Folders that a program copies to other computers while they are written. */
const SYNCED =
  /[\\/](OneDrive[^\\/]*|Dropbox[^\\/]*|Google ?Drive|iCloud ?Drive|Mobile Documents|Box)[\\/]/iu;

/**
 * Whether a journal can be written where it lies; answers with a warning, null for a place that is good.
 * Throws `UserError` on a network, where two computers could write at once and neither would know, unless that is allowed.
 */
export function checkPlace(
  path: string,
  fileSystemOf: (folder: string) => FileSystem,
  allowsNetwork: boolean,
): string | null {
  const fileSystem = fileSystemOf(nearestFolder(path));
  switch (fileSystem.kind) {
    case 'network':
      if (!allowsNetwork) {
        throw new UserError(
          'journal_on_network',
          `The journal ${path} would lie on a network drive (${fileSystem.name}), where locks do not hold: two computers could write at once and spoil the record. Nothing was done.`,
          'Keep it on this computer: --journal FILE. If only this computer ever uses it, set CLIO_FIELDS_NETWORK_JOURNAL=allow.',
        );
      }
      return `The journal ${path} lies on a network drive (${fileSystem.name}): see that no other computer uses it meanwhile.`;
    case 'doubtful':
      return `The journal ${path} lies on ${fileSystem.name}, which may be another computer's: if it is, keep the journal on this one (--journal FILE).`;
    case 'local': {
      const synced = SYNCED.exec(path)?.[1];
      return synced === undefined
        ? null
        : `The journal ${path} lies in a folder that ${synced} copies elsewhere, half-written too, with clients' values in it: better keep it outside (--journal FILE).`;
    }
  }
}

/**
 * SQLite keeps a log beside the name that a file is opened by: under another name it would be missed, and the file spoiled.
 * Throws `UserError` for a file that has two names.
 */
export function refuseSecondName(file: string): void {
  if (statSync(file).nlink <= 1) return;
  throw new UserError(
    'journal_hard_link',
    `The journal ${file} has another name (a hard link). Used by both, it would be spoiled. Nothing was done.`,
    'Delete the name that is not needed, or make a copy of its own (copy the file, then put the copy in its place). A symbolic link does no harm.',
  );
}

function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
