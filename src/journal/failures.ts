import { EXIT, UserError } from '../errors.ts';

/** What a failure of SQLite or of the file system means for the person, by its code. Anything unforeseen is given back as it is. */
export function explainFailure(error: Error, code: string, path: string): Error {
  const cause = { cause: error };
  if (matches(code, 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT')) {
    return new UserError(
      'disk_full',
      `The disk is full: the journal ${path} cannot grow. What was stored before is safe.`,
      'Make room, then run the same command again (`apply --resume` for a run).',
      EXIT.failed,
      cause,
    );
  }
  if (matches(code, 'SQLITE_NOTADB')) {
    return new UserError(
      'not_a_journal',
      `${path} is not a journal: it is not a SQLite file.`,
      'Name the journal with --journal, or move this file away.',
      EXIT.wrongInput,
      cause,
    );
  }
  if (matches(code, 'SQLITE_CORRUPT', 'SQLITE_FORMAT')) return damaged(path, error);
  if (matches(code, 'SQLITE_READONLY', 'SQLITE_PERM', 'EACCES', 'EPERM', 'EROFS')) {
    return new UserError(
      'journal_read_only',
      `The journal ${path} cannot be written: the file, or the folder that it is in, is read-only for this user.`,
      'Change the permissions, or name a journal in another folder with --journal; to read this one, copy it into a folder of your own.',
      EXIT.wrongInput,
      cause,
    );
  }
  if (
    matches(
      code,
      'SQLITE_CANTOPEN',
      'ENOENT',
      'ENOTDIR',
      'EISDIR',
      'EEXIST',
      'ELOOP',
      'ENAMETOOLONG',
    )
  ) {
    return new UserError(
      'journal_unreachable',
      `The journal ${path} cannot be opened.`,
      'Check that its folder exists, is a folder, and can be read and written by this user; to read a journal on a read-only disk, copy it into a folder of your own.',
      EXIT.wrongInput,
      cause,
    );
  }
  if (matches(code, 'SQLITE_BUSY', 'SQLITE_LOCKED')) {
    return new UserError(
      'journal_busy',
      `Another process is busy with the journal ${path}.`,
      'Close other programs that have it open, then run the same command again.',
      EXIT.stopped,
      cause,
    );
  }
  if (matches(code, 'SQLITE_IOERR', 'EIO', 'EFBIG')) {
    return new UserError(
      'journal_io',
      `The disk failed while the journal ${path} was read or written (${code}). What was stored before is safe.`,
      'Check the disk and the room on it, then run the same command again (`apply --resume` for a run).',
      EXIT.failed,
      cause,
    );
  }
  return error;
}

/** As `explainFailure`, where all of a journal is written into another file: what cannot be written is that one. */
export function explainCopyFailure(error: Error, code: string, path: string): Error {
  if (!matches(code, 'SQLITE_FULL', 'SQLITE_IOERR_WRITE')) return explainFailure(error, code, path);
  return new UserError(
    'backup_file',
    'There is no room for the backup, or its disk fails. Nothing was written.',
    'Make room, or name a file on another disk.',
    EXIT.failed,
    { cause: error },
  );
}

/** The file is SQLite's, but what is in it does not hold together. */
export function damaged(path: string, error?: Error): UserError {
  return new UserError(
    'journal_damaged',
    `The journal ${path} is damaged.`,
    'Keep the file, and work with a backup: --journal FILE. `sqlite3 FILE .recover` may save what is in it.',
    EXIT.wrongInput,
    error === undefined ? undefined : { cause: error },
  );
}

/** What a journal holds as JSON. Throws `UserError` where it is none any more. */
export function readStored<Content>(path: string, read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    throw error instanceof SyntaxError ? damaged(path, error) : error;
  }
}

/** Extended codes begin with their primary one: `SQLITE_IOERR_WRITE`. */
function matches(code: string, ...families: readonly string[]): boolean {
  return families.some((family) => code === family || code.startsWith(`${family}_`));
}

/** Whether an error carries a system code such as `ENOSPC`. */
export function hasCode(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
