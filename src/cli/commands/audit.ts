import { EXIT, UserError } from '../../errors.ts';
import { certify } from '../../operations/record/certify.ts';
import { certificateAs } from '../../report/certificate/index.ts';
import { isProven, verdictOf } from '../../report/certificate/sections.ts';
import { readVersion } from '../../version.ts';
import type { Action } from '../context.ts';
import { deliverAs, type ReportFlags } from '../deliver.ts';
import { withJournal } from '../session.ts';

interface Flags extends ReportFlags {
  readonly withValues: boolean;
  readonly expect?: string;
}

export const audit: Action<Flags> = (context, flags, runId?: string) =>
  withJournal(context, 'read', 'audit', async (journal) => {
    const certificate = certify(
      { journal, now: context.now },
      {
        runId,
        program: readVersion(),
        hasValues: flags.withValues,
        expectedHash: flags.expect === undefined ? undefined : parseHash(flags.expect),
      },
    );
    await deliverAs(
      context,
      flags,
      (format, look) => {
        if (format === 'csv') throw noCsv(certificate.run.runId);
        return certificateAs(format, certificate, look);
      },
      flags.withValues,
    );
    if (isProven(certificate)) return EXIT.done;
    context.output.warn(
      `${verdictOf(certificate)}\nKeep this journal as it is, and compare it with a backup.`,
    );
    return EXIT.wrongInput;
  });

function parseHash(text: string): string {
  const hash = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/u.test(hash)) return hash;
  throw new UserError(
    'hash',
    `"${text}" is no hash of the journal.`,
    'Give the 64 characters that an earlier certificate shows as its last hash.',
  );
}

function noCsv(runId: string): UserError {
  return new UserError(
    'no_csv',
    'A certificate is a document and has no CSV form.',
    `Use --format text, json or html; every change as CSV is in \`clio-fields show ${runId} --format csv\`.`,
  );
}
