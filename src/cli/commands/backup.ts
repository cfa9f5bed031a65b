import { existsSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import { type Backup, backUp } from '../../operations/record/back-up.ts';
import { backupAsJson, backupAsText, sizeOf } from '../../report/backup.ts';
import type { Action, Context } from '../context.ts';
import { replaceFilled } from '../replace-whole.ts';
import { withJournal } from '../session.ts';
import { unwritten } from '../unwritten.ts';
import { READERS } from '../write-report.ts';

interface Flags {
  readonly force: boolean;
}

export const backup: Action<Flags> = (context, { force }, name = '') =>
  withJournal(context, 'read', 'backup', async (journal) => {
    const file = resolve(context.folder, name);
    refusePlace(file, context.settings.journalPath, force);
    const view = { file, ...(await write(context, journal, file)) };
    if (context.output.isJson) await context.output.json(backupAsJson(view));
    else {
      await context.output.result([
        `Wrote ${file} (${sizeOf(view.bytes)}), ${READERS}: it holds clients' data.\n\n`,
      ]);
      await context.output.result(backupAsText(view, context.stdoutLook));
    }
    if (view.chain.holds) return EXIT.done;
    context.output.warn(
      'The backup is a true copy, but the record of the journal does not hold.\nKeep this journal as it is, and compare it with an earlier backup.',
    );
    return EXIT.wrongInput;
  });

function refusePlace(file: string, journalPath: string, force: boolean): void {
  if (existsSync(file) && realpathSync(file) === realpathSync(journalPath)) {
    throw new UserError(
      'backup_is_journal',
      `${file} is the journal itself, and was left as it is.`,
      'Name another file for the backup.',
    );
  }
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new UserError(
      'backup_file',
      `${file} is no file that a backup could replace: it is a folder, a pipe or a device.`,
      'Name a file for the backup.',
    );
  }
  if (existsSync(file) && !force) {
    throw new UserError(
      'backup_exists',
      `There is a ${file} already, and it was left as it is.`,
      'Name another file, such as one with the date, or replace it with --force.',
    );
  }
  // SQLite would take it for the backup's own, and put what it holds into it; readers leave empty ones.
  const log = [`${file}-wal`, `${file}-journal`].find((each) => sizeOfFile(each) > 0);
  if (log === undefined) return;
  throw new UserError(
    'backup_beside_log',
    `A log stands where the backup would have its own: ${log}. It is of another journal, perhaps of one in use. Nothing was written.`,
    'Name another file for the backup.',
  );
}

function sizeOfFile(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function write({ output, stop }: Context, journal: Journal, file: string): Promise<Backup> {
  if (journal.bytes > SHORT_BYTES)
    output.note(`Copying ${sizeOf(journal.bytes)}, then checking the copy.`);
  try {
    return await replaceFilled(file, async (partial) => {
      const made = await backUp({ journal, stop }, partial);
      if (!made.chain.holds && existsSync(file)) throw lessSound(file);
      return made;
    });
  } catch (cause) {
    throw unwritten({ code: 'backup_file', what: `backup ${file}` }, cause);
  }
}

/** More takes a moment, and is told. */
const SHORT_BYTES = 50_000_000;

function lessSound(file: string): UserError {
  return new UserError(
    'backup_less_sound',
    `The record of the journal does not hold, and the backup ${file} may be better: it was left as it is.`,
    'Name another file for this backup, and see what is wrong with the record: `clio-fields doctor`.',
  );
}
