import { EXIT, UserError } from '../errors.ts';
import { Journal } from '../journal/index.ts';
import { askSecret } from './ask.ts';
import type { Context } from './context.ts';

/** What a command does with the journal: only an inventory begins one, so that a name mistyped elsewhere leaves no file behind. */
type JournalUse = 'read' | 'write' | 'begin';

/** Opens the journal for a command; closes it however the command ends. */
export async function withJournal<Result>(
  context: Context,
  use: JournalUse,
  command: string,
  work: (journal: Journal) => Promise<Result> | Result,
): Promise<Result> {
  const journal = await openJournal(context, use, command);
  const close = (): void => journal.close();
  // A second Ctrl-C ends the process where it stands: what is in the log must come into the file all the same.
  process.once('exit', close);
  try {
    return await work(journal);
  } finally {
    process.off('exit', close);
    close();
  }
}

/** Asks for a passphrase that is missing, where there is somebody to ask. */
async function openJournal(context: Context, use: JournalUse, command: string): Promise<Journal> {
  const { settings, now, output } = context;
  const open = (passphrase: string | undefined): Journal =>
    Journal.open(settings.journalPath, {
      access: use === 'read' ? 'read' : 'write',
      mustExist: use !== 'begin',
      command,
      now,
      allowsNetwork: settings.allowsNetworkJournal,
      onWarning: (warning) => output.warn(warning),
      ...(passphrase !== undefined && { passphrase }),
    });
  try {
    return open(settings.passphrase);
  } catch (error) {
    const isMissing = error instanceof UserError && error.code === 'passphrase_missing';
    if (!isMissing || !context.isInteractive) throw error;
    const passphrase = await askSecret(context, 'Passphrase of the journal: ');
    if (context.stop.aborted) throw stoppedUnopened(settings.journalPath);
    if (passphrase === null || passphrase === '') throw error;
    return open(passphrase);
  }
}

function stoppedUnopened(journalPath: string): UserError {
  return new UserError(
    'stopped',
    `The journal ${journalPath} was not opened. Nothing was done.`,
    'Run the same command again, and give its passphrase.',
    EXIT.stopped,
  );
}
