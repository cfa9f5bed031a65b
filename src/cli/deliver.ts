import { resolve } from 'node:path';
import { type Format, reporterFor } from '../report/index.ts';
import type { Look, Reporter } from '../report/types.ts';
import type { Context } from './context.ts';
import { formatOf } from './report-format.ts';
import { isStream, READERS, writeReport } from './write-report.ts';

export interface ReportFlags {
  readonly format?: Format;
  readonly out?: string;
}

/** Prints a report in the format that was asked for, or writes it to the file that was named. */
export async function deliver(
  context: Context,
  flags: ReportFlags,
  make: (reporter: Reporter) => Iterable<string>,
): Promise<void> {
  await deliverAs(context, flags, (format, look) => make(reporterFor(format, look)));
}

/** As `deliver`, for what no reporter makes. */
export async function deliverAs(
  context: Context,
  { format, out }: ReportFlags,
  make: (format: Format, look: Look) => Iterable<string>,
  hasClientsData = true,
): Promise<void> {
  const { output, stdoutLook, folder } = context;
  const chosen = format ?? formatOf(out) ?? (output.isJson ? 'json' : 'text');
  const pieces = make(chosen, out === undefined ? stdoutLook : FILE_LOOK);
  if (out === undefined) {
    await output.result(pieces);
    return;
  }
  const file = resolve(folder, out);
  writeReport(file, pieces);
  if (output.isJson) await output.json({ file });
  else if (isStream(file)) output.note(`Written to ${file}.`);
  else
    output.note(
      `Written to ${file}, ${READERS}${hasClientsData ? ": it holds clients' data" : ''}.`,
    );
}

/** Of what is written into a file. */
export const FILE_LOOK: Look = { hasColor: false, columns: 100, isScreen: false };
