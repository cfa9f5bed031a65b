import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Journal } from '../../src/journal/index.ts';
import type { RecordSnapshot } from '../../src/model/field.ts';
import { openReview } from '../../src/operations/review/review.ts';
import { NOON } from '../journal/stock.ts';
import { planOn } from '../operations/desk.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

/** A folder with a plan of these records, and the real program serving its review. */
export async function serveReview({ records }: { records?: readonly RecordSnapshot[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-browser-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const journalPath = join(folder, '.clio-fields', 'journal.sqlite');
  const open = (): Journal =>
    Journal.open(journalPath, { access: 'write', command: 'test', now: () => new Date(NOON) });
  const journal = open();
  planOn(journal, records === undefined ? {} : { records });
  journal.close();
  const child = spawn(
    process.execPath,
    [
      'bin/clio-fields.js',
      'review',
      '--web',
      '--no-browser',
      '--by',
      'Pat Example',
      '--journal',
      journalPath,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = endOf(child);
  return {
    address: await addressOf(child),
    ended,
    stop: () => child.kill('SIGINT'),
    /** Once the program has ended: what stands decided, and what the reviewed plan is. */
    look: () => {
      const again = open();
      onTestFinished(() => again.close());
      return { journal: again, review: openReview({ journal: again, now: () => new Date(NOON) }) };
    },
  };
}

function endOf(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout })));
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /http:\S+/u.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    });
    child.once('close', () => reject(new Error(`it ended before it said its address: ${said}`)));
  });
}
