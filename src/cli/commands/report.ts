import { resolve } from 'node:path';
import { EXIT, type ExitCode, UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { ParentType } from '../../model/field.ts';
import { fileReport } from '../../operations/record/file-report.ts';
import { kindOfRecord, readLabel, type RecordName } from '../../operations/record/find-record.ts';
import type { Format } from '../../report/index.ts';
import { visible } from '../../report/visible.ts';
import { personNamed } from '../approval.ts';
import { ask, exitAfterNo } from '../ask.ts';
import { connect } from '../connect.ts';
import type { Action, Context } from '../context.ts';
import { makeReport, type ReportDocument } from '../report-document.ts';
import { formatOf } from '../report-format.ts';
import { withJournal } from '../session.ts';
import { READERS, writeReport } from '../write-report.ts';

interface Flags {
  readonly what: 'certificate' | 'diff';
  readonly format?: Format;
  readonly out?: string;
  readonly record?: string;
  readonly parent?: ParentType;
  readonly upload: boolean;
  readonly allRecords: boolean;
  readonly yes: boolean;
}

export const report: Action<Flags> = (context, flags, runId = '') => {
  refuseFlagsWithoutEffect(flags);
  if (flags.upload) return upload(context, flags, runId);
  return withJournal(context, 'read', 'report', async (journal) => {
    const only = flags.allRecords ? null : namedRecord(journal, flags, runId);
    const { what } = flags;
    const format = flags.format ?? formatOf(flags.out) ?? 'html';
    const document = makeReport({ journal, now: context.now }, { runId, what, format, only });
    const file = resolve(context.folder, flags.out ?? document.name);
    writeReport(file, document.pieces());
    const { hasClientsData } = document;
    if (context.output.isJson) await context.output.json({ file, hasClientsData });
    else await context.output.result([`Written to ${file}, ${READERS}.\n${document.holds}\n`]);
    return complain(context, document);
  });
};

function refuseFlagsWithoutEffect({ what, record, parent, allRecords, ...flags }: Flags): void {
  if (parent !== undefined && record === undefined)
    refuse(
      '--parent says what a record is, and none was named.',
      'Add --record ID, or leave it out.',
    );
  if (allRecords && !flags.upload)
    refuse(
      'A file holds all records anyway: --all-records is for an upload.',
      'Leave --all-records out, or add --upload.',
    );
  if (what === 'diff' || record === undefined) return;
  if (!flags.upload)
    refuse(
      'A certificate is of the whole run: it cannot be narrowed to a record.',
      'Leave --record out, or ask for that record’s changes: --what diff.',
    );
  if (allRecords)
    refuse(
      'A certificate is of the whole run anyway: --all-records is for a diff.',
      'Leave --all-records out, or add --what diff.',
    );
}

function refuse(message: string, hint: string): never {
  throw new UserError('usage', message, hint);
}

/** What Clio takes in one piece; above it wants several. */
const CONTENT_MAX_BYTES = 100 * 1024 * 1024;

async function upload(context: Context, flags: Flags, runId: string): Promise<ExitCode> {
  const { output, now } = context;
  const { what, format = 'html' } = flags;
  const platform = connect(context);
  return withJournal(context, 'write', 'report --upload', async (journal) => {
    const place = namedRecord(journal, flags, runId);
    if (place === null) {
      throw new UserError(
        'usage',
        'It must be said which record the report goes to.',
        'Give --record ID, and --parent contact where it is no matter.',
      );
    }
    const only = flags.allRecords ? null : place;
    const document = makeReport({ journal, now }, { runId, what, format, only });
    if (complain(context, document) !== EXIT.done) return EXIT.wrongInput;
    const content = gather(document);
    const label = await readLabel(platform, place);
    const where = `${place.parentType} ${place.recordId} (${visible(label)}) at ${platform.origin}`;
    const size = `${content.byteLength.toLocaleString('en-US')} bytes`;
    output.warn(`Uploading ${document.name} (${size}) to the documents of ${where}.`);
    output.warn(document.holds);
    if (context.isInteractive && !flags.yes && !(await ask(context, 'Type yes to upload: '))) {
      throw new UserError(
        'not_confirmed',
        'Nothing was uploaded.',
        'Run it again and type yes; without --upload the report is written to a file.',
        exitAfterNo(context),
      );
    }
    const filed = await fileReport(
      { platform, journal },
      {
        subject: {
          runId,
          what,
          format,
          ...place,
          isWhole: only === null,
        },
        name: document.name,
        contentType: document.contentType,
        content,
        by: personNamed(undefined),
      },
    );
    const { uploadId, name, documentId, sha256, bytes } = filed.upload;
    const { isResumed, isNewVersion } = filed;
    if (output.isJson) {
      const about = { uploadId, runId, what, format, ...place, recordLabel: label };
      await output.json({ ...about, documentId, name, bytes, sha256, isResumed, isNewVersion });
    } else {
      const how = isResumed ? 'Finished what was begun before: ' : '';
      const as = isNewVersion ? 'as a newer version of document' : 'as document';
      await output.result([`${how}${name} is in ${where}, ${as} ${documentId ?? ''}.\n`]);
    }
    return EXIT.done;
  });
}

function namedRecord(
  journal: Journal,
  { record: recordId, parent }: Flags,
  runId: string,
): RecordName | null {
  if (recordId === undefined) return null;
  return { parentType: kindOfRecord(journal, runId, recordId, parent), recordId };
}

/** A certificate that says that the record does not hold is written, but not put into a client's file. */
function complain({ output }: Context, { complaint }: ReportDocument): ExitCode {
  if (complaint === null) return EXIT.done;
  output.warn(`${complaint}\nKeep this journal as it is, and compare it with a backup.`);
  return EXIT.wrongInput;
}

function gather({ pieces, name }: ReportDocument): Uint8Array {
  const parts: Buffer[] = [];
  let size = 0;
  for (const piece of pieces()) {
    const part = Buffer.from(piece);
    size += part.byteLength;
    if (size > CONTENT_MAX_BYTES) {
      throw new UserError(
        'report_too_large',
        `${name} has more than 100 MB, which is too much for one document.`,
        'Upload the certificate, or the changes of one record.',
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
