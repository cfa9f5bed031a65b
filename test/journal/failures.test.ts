import { expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import { explainFailure } from '../../src/journal/failures.ts';

it.each([
  ['SQLITE_FULL', 'disk_full', EXIT.failed],
  ['ENOSPC', 'disk_full', EXIT.failed],
  ['SQLITE_IOERR_WRITE', 'journal_io', EXIT.failed],
  ['SQLITE_NOTADB', 'not_a_journal', EXIT.wrongInput],
  ['SQLITE_CORRUPT_INDEX', 'journal_damaged', EXIT.wrongInput],
  ['SQLITE_READONLY_DIRECTORY', 'journal_read_only', EXIT.wrongInput],
  ['EROFS', 'journal_read_only', EXIT.wrongInput],
  ['SQLITE_CANTOPEN', 'journal_unreachable', EXIT.wrongInput],
  ['SQLITE_BUSY_SNAPSHOT', 'journal_busy', EXIT.stopped],
])('tells %s as %s, with exit code %i, and keeps the cause', (code, expected, exitCode) => {
  const cause = new Error('low-level words');
  const error = explainFailure(cause, code, 'journal.sqlite');
  expect(error).toMatchObject({ code: expected, exitCode, cause });
  expect(error.message).toContain('journal.sqlite');
});

it('passes on what it does not know, so that a bug is not told as the disk’s', () => {
  const cause = new Error('low-level words');
  expect(explainFailure(cause, 'SQLITE_MISUSE', 'journal.sqlite')).toBe(cause);
});
