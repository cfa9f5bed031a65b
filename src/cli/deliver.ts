import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, UserError } from '../errors.ts';
import { type Format, reporterFor } from '../report/index.ts';
import type { Reporter } from '../report/types.ts';
import type { Context } from './context.ts';

export interface ReportFlags {
  readonly format?: Format;
  readonly out?: string;
}

/** Prints a report in the format that was asked for, or writes it to the file that was named. */
export async function deliver(
  context: Context,
  { format, out }: ReportFlags,
  make: (reporter: Reporter) => Iterable<string>,
): Promise<void> {
  const { output, stdoutLook, folder } = context;
  const chosen = format ?? (output.isJson ? 'json' : formatOf(out));
  const look = out === undefined ? stdoutLook : { hasColor: false, columns: 100 };
  const pieces = make(reporterFor(chosen, look));
  if (out === undefined) {
    await output.result(pieces);
    return;
  }
  const file = resolve(folder, out);
  writeFile(file, pieces);
  if (output.isJson) await output.json({ file });
  else output.note(`Written to ${file}, readable by you alone: it holds clients' data.`);
}

function formatOf(out: string | undefined): Format {
  const ending = out?.split('.').at(-1)?.toLowerCase();
  return ending === 'html' || ending === 'csv' || ending === 'json' ? ending : 'text';
}

/** Whole or not at all: a report that was cut short must not pass for one. */
function writeFile(file: string, pieces: Iterable<string>): void {
  const partial = `${file}.partial`;
  try {
    const descriptor = openSync(partial, 'w', 0o600);
    try {
      for (const piece of pieces) writeSync(descriptor, piece);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (cause) {
    rmSync(partial, { force: true });
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      'out_file',
      `The report could not be written to ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Name a file in a folder that exists and that you may write to.',
      EXIT.wrongInput,
      { cause },
    );
  }
}
