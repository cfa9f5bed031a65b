import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, UserError } from '../errors.ts';
import { type Format, reporterFor } from '../report/index.ts';
import type { Look, Reporter } from '../report/types.ts';
import { chunks } from './chunks.ts';
import type { Context } from './context.ts';
import { formatOf } from './report-format.ts';

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
  writeFile(file, pieces);
  if (output.isJson) await output.json({ file });
  else
    output.note(
      `Written to ${file}, readable by you alone${hasClientsData ? ": it holds clients' data" : ''}.`,
    );
}

/** Of what is written into a file. */
export const FILE_LOOK: Look = { hasColor: false, columns: 100, isScreen: false };

/** Whole or not at all: a report that was cut short must not pass for one. */
export function writeFile(file: string, content: Iterable<string> | Uint8Array): void {
  const partial = `${file}.partial`;
  try {
    const descriptor = openSync(partial, 'w', 0o600);
    try {
      if (content instanceof Uint8Array) writeFileSync(descriptor, content);
      else for (const chunk of chunks(content)) writeFileSync(descriptor, chunk);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (cause) {
    rmSync(partial, { force: true });
    if (cause instanceof UserError) throw cause;
    if (isFull(cause)) {
      throw new UserError(
        'out_file',
        `There is no room for the report ${file}. Nothing was written.`,
        'Make room, or name a file on another disk with --out.',
        EXIT.failed,
        { cause },
      );
    }
    throw new UserError(
      'out_file',
      `The report could not be written to ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Name a file in a folder that exists and that you may write to.',
      EXIT.wrongInput,
      { cause },
    );
  }
}

/** EFBIG: where somebody set how big a file may become. */
function isFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
