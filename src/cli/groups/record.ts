import { type Command, Option } from 'commander';
import { examples, fileName, formatOption, oneId } from '../arguments.ts';
import { age, date } from '../dates.ts';
import type { Runner } from '../runner.ts';

/** What the journal tells of what was planned and done. */
export function addRecord(program: Command, run: Runner): void {
  program.commandsGroup('Looking back:');

  program
    .command('runs')
    .description('list every run, newest first')
    .addHelpText('after', examples('runs', 'runs --json'))
    .action(run(async () => (await import('../commands/runs.ts')).runs));

  program
    .command('audit')
    .description('check the journal’s record and certify what a run did')
    .argument('[run-id]', 'the newest where none is given')
    .addOption(formatOption(['text', 'json', 'html']))
    .option('--out <file>', 'write the certificate to a file')
    .option('--with-values', 'name clients and values in what was not made', false)
    .option('--expect <hash>', 'the last hash of an earlier certificate, which must still be there')
    .addHelpText(
      'after',
      `
The certificate says who planned and approved a run, what it did, what it did
not do and why, and whether the journal still says what was written. It holds
no client's value unless asked, and can be made after a purge too. Every change
as CSV is in \`clio-fields show RUN-ID --format csv\`.
${examples(
  'audit run-1',
  'audit run-1 --out run-1-certificate.html',
  'audit run-1 --json',
  'audit --expect HASH',
)}`,
    )
    .action(run(async () => (await import('../commands/audit.ts')).audit));

  program
    .command('report')
    .description('write a run’s certificate or diff as a file, or put it into a client’s file')
    .argument('<run-id>')
    .addOption(
      new Option('--what <what>', 'what is reported')
        .choices(['certificate', 'diff'])
        .default('certificate'),
    )
    .addOption(formatOption())
    .option('--out <file>', 'the file to write (default: named after the run)')
    .option('--record <id>', 'only this record’s changes; with --upload, where it goes', oneId)
    .addOption(new Option('--parent <kind>', 'what that record is').choices(['matter', 'contact']))
    .addOption(
      new Option('--upload', 'put it among that record’s documents')
        .default(false)
        .conflicts('out'),
    )
    .option('--all-records', 'upload the diff of all records, other clients’ data too', false)
    .option('--yes', 'do not ask', false)
    .addHelpText(
      'after',
      `
A certificate holds no client's value. A diff does: uploaded, it holds the
changes of the named record alone, unless --all-records is given. An upload
that was cut short is finished by the same command; a later one of the same
becomes a newer version of the document.
${examples(
  'report run-1',
  'report run-1 --what diff --format csv --out run-1.csv',
  'report run-1 --upload --record 1001',
  'report run-1 --what diff --upload --record 1001',
)}`,
    )
    .action(run(async () => (await import('../commands/report.ts')).report));

  program
    .command('show')
    .description('picture an inventory, or show the diff of a plan or what a run did')
    .argument('<id>', 'of an inventory, a plan or a run: inventory-1, plan-1, run-1')
    .option('--group', 'like changes together, instead of record by record', false)
    .addOption(formatOption())
    .option('--out <file>', 'write the report to a file')
    .addHelpText(
      'after',
      examples(
        'show inventory-1 --out inventory.html',
        'show plan-1 --group',
        'show run-1 --format csv --out run-1.csv',
      ),
    )
    .action(run(async () => (await import('../commands/show.ts')).show));

  program
    .command('backup')
    .description('write all of the journal into one file, also while a run writes it')
    .argument('<file>', 'the backup, such as journal-2026-01-31.sqlite', fileName)
    .option('--force', 'replace a backup that is there', false)
    .addHelpText(
      'after',
      `
The backup is checked before it gets its name. To work with it, name it with
--journal; its last hash shows later, with \`audit --expect\`, that a journal
still holds all that it held. A passphrase holds for it, too. What \`purge\`
deletes from the journal, a backup still holds: delete old ones yourself.
${examples('backup journal-2026-01-31.sqlite', 'runs --journal journal-2026-01-31.sqlite', 'backup /media/usb/journal.sqlite --force --json')}`,
    )
    .action(run(async () => (await import('../commands/backup.ts')).backup));

  program
    .command('purge')
    .description('delete old clients’ values from the journal, and keep the record')
    .addOption(
      new Option('--older-than <age>', 'values older than 90d, 12w, 6m or 2y')
        .argParser(age)
        .conflicts('before'),
    )
    .option('--before <date>', 'values of before a day (YYYY-MM-DD, UTC)', date)
    .addOption(
      new Option('--dry-run', 'say what would go, and delete nothing')
        .default(false)
        .conflicts('yes'),
    )
    .option('--yes', 'do not ask', false)
    .addHelpText(
      'after',
      `
What goes can no longer be shown or rolled back. What was planned, approved and
done stays, without a client's value: \`clio-fields audit\` certifies it as
before. Reports written with --out and backups of the journal are not touched.
${examples('purge --older-than 90d --dry-run', 'purge --before 2026-01-01', 'purge --older-than 1y --yes')}`,
    )
    .action(run(async () => (await import('../commands/purge.ts')).purge));

  program
    .command('verify')
    .description('read again what a run wrote, and say what still stands; writes nothing')
    .argument('<run-id>')
    .addOption(formatOption())
    .option('--out <file>', 'write the report to a file')
    .addHelpText(
      'after',
      `\n200 records a request. Exits with 0 where all of it stands, with 3 where not.\n${examples('verify run-1', 'verify run-1 --format csv --out moved.csv')}`,
    )
    .action(run(async () => (await import('../commands/verify.ts')).verify));
}
