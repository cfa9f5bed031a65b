import { UserError } from '../errors.ts';
import type { Journal } from '../journal/index.ts';
import { certify } from '../operations/record/certify.ts';
import type { RecordName } from '../operations/record/find-record.ts';
import { recordRunView, runView } from '../operations/record/views.ts';
import { certificateAs } from '../report/certificate/index.ts';
import { isProven, verdictOf } from '../report/certificate/sections.ts';
import { type Format, reporterFor } from '../report/index.ts';
import { readVersion } from '../version.ts';
import { FILE_LOOK } from './deliver.ts';

export interface ReportRequest {
  readonly runId: string;
  readonly what: 'certificate' | 'diff';
  readonly format: Format;
  /** Whose changes alone a diff holds; all of them where null. */
  readonly only: RecordName | null;
}

/** A report as a file, before it goes anywhere. */
export interface ReportDocument {
  readonly name: string;
  /** A media type. */
  readonly contentType: string;
  readonly pieces: () => Iterable<string>;
  /** What stands in it, in a sentence. */
  readonly holds: string;
  readonly hasClientsData: boolean;
  /** Why the journal's record does not hold; null where it does, and where nobody asked. */
  readonly complaint: string | null;
}

const ENDINGS = { text: 'txt', json: 'json', csv: 'csv', html: 'html' } as const;
const MEDIA_TYPES = {
  text: 'text/plain; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const;

/** Throws `UserError` for an unknown or purged run, for a certificate as CSV, and for a record that the run has no change of. */
export function makeReport(
  { journal, now }: { readonly journal: Journal; readonly now: () => Date },
  request: ReportRequest,
): ReportDocument {
  const { runId, what, format } = request;
  const about =
    request.only === null || what === 'certificate'
      ? ''
      : `-${request.only.parentType}-${request.only.recordId}`;
  return {
    name: `clio-fields-${runId}-${what}${about}.${ENDINGS[format]}`,
    contentType: MEDIA_TYPES[format],
    ...(what === 'certificate'
      ? certificateOf({ journal, now }, runId, format)
      : diffOf(journal, request)),
  };
}

type Content = Omit<ReportDocument, 'name' | 'contentType'>;

function certificateOf(
  parts: { readonly journal: Journal; readonly now: () => Date },
  runId: string,
  format: Format,
): Content {
  const certified = certify(parts, { runId, program: readVersion(), hasValues: false });
  // What is filed must not say of itself, or of another client's copy, that it is still on its way.
  const certificate = { ...certified, unfinishedUploads: [] };
  if (format === 'csv') {
    throw new UserError(
      'no_csv',
      'A certificate is a document and has no CSV form.',
      `Use --format text, json or html; the changes as CSV are \`clio-fields report ${runId} --what diff --format csv\`.`,
    );
  }
  return {
    pieces: () => certificateAs(format, certificate, FILE_LOOK),
    holds: 'It names records by their numbers and holds no client’s value.',
    hasClientsData: false,
    complaint: isProven(certificate) ? null : verdictOf(certificate),
  };
}

function diffOf(journal: Journal, { runId, format, only }: ReportRequest): Content {
  const run = journal.runs.find(runId);
  const view = only === null ? runView(journal, run) : recordRunView(journal, run, only);
  const changes = Object.values(view.run.counts).reduce((sum, count) => sum + count, 0);
  if (only !== null && changes === 0) {
    throw new UserError(
      'unknown_record',
      `${runId} has no change of ${only.parentType} ${only.recordId}.`,
      `\`clio-fields show ${runId} --format json\` lists the records that it has changes of; --all-records takes the changes of all of them.`,
    );
  }
  const counted = `${changes.toLocaleString('en-US')} ${changes === 1 ? 'change' : 'changes'}`;
  return {
    pieces: () => reporterFor(format, FILE_LOOK).run(view),
    holds:
      only === null
        ? `It holds the ${counted} of all records, with names and values of other clients too.`
        : `It holds ${counted} of this ${only.parentType} alone, with the values before and after.`,
    hasClientsData: true,
    complaint: null,
  };
}
