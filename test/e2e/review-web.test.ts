import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openReview } from '../../src/operations/review/review.ts';
import { NOON } from '../journal/stock.ts';
import { planOn } from '../operations/desk.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { journalIn } from '../support/journal.ts';
import { ofItems, Visitor } from '../web/visitor.ts';

const ACCEPT = { kind: 'accept' };

test('review --web prints an address that opens the page once, and ends with the reviewed plan when it is finished there', async () => {
  const { folder, journal } = firm();
  const { ended, address } = await serve(folder, ['--json', '--by', 'Pat Example']);
  const visitor = await Visitor.enter(address);
  expect((await visitor.opening()).by).toBe('Pat Example');
  await visitor.decide(ofItems(['change-1', 'change-2'], ACCEPT));
  const { digest } = await visitor.finish();
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    formatVersion: 1,
    planId: 'plan-2',
    reviewOf: 'plan-1',
    digest,
    counts: { changed: 2 },
    decided: { accepted: 2, undecided: 7 },
  });
  expect(stderr).toContain('Nobody else can write to the journal meanwhile');
  // What clients' records hold is on the page alone.
  expect(stderr).not.toMatch(/SDNY|Notreal/u);
  expect(journal().plans.find('plan-2').digest).toBe(digest);
});

test('on the terminal it says the same as the page: the plan, its digest and the next command', async () => {
  const { folder } = firm();
  const { ended, address } = await serve(folder);
  const visitor = await Visitor.enter(address);
  await visitor.decide(ofItems(['change-1'], ACCEPT));
  const { planId, digest, commands } = await visitor.finish();
  const { stdout } = await ended;
  for (const word of [planId, digest, ...commands]) expect(stdout).toContain(word);
});

test('stopped before it is finished it keeps what was decided, exits with 4 and says how to go on', async () => {
  const { folder, journal } = firm();
  const { ended, address, stop } = await serve(folder, ['plan-1']);
  const visitor = await Visitor.enter(address);
  await visitor.decide(ofItems(['change-1'], ACCEPT));
  stop();
  const { code, stderr } = await ended;
  expect(code).toBe(4);
  expect(stderr).toContain('8 items of plan-1 are still to decide');
  expect(stderr).toContain('clio-fields review plan-1 --web');
  const review = openReview({ journal: journal(), now: () => new Date(NOON) });
  expect(review.counts()).toMatchObject({ accepted: 1, undecided: 8 });
});

test('while the page runs nobody else writes: another command is told who holds the journal', async () => {
  const { folder } = firm();
  const { ended, stop } = await serve(folder);
  const other = await runBin(['review', '--web', '--no-browser', '--json'], { folder });
  expect(other.code).toBe(4);
  const { error } = JSON.parse(other.stdout);
  expect([error.code, error.message]).toEqual([
    'journal_locked',
    expect.stringContaining('`review --web`'),
  ]);
  stop();
  await ended;
});

test('a port that is taken is wrong input', async () => {
  const { folder } = firm();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, stdout } = await runBin(
    ['review', '--web', '--no-browser', '--json', '--port', String(port)],
    { folder },
  );
  expect([code, JSON.parse(stdout).error.code]).toEqual([2, 'port']);
});

/** A folder whose journal holds a plan to review. */
function firm() {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-review-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const made = journalIn(folder);
  planOn(made);
  made.close();
  return {
    folder,
    journal: () => {
      const journal = journalIn(folder);
      onTestFinished(() => journal.close());
      return journal;
    },
  };
}

/** Runs the real program until it has said its address. */
async function serve(folder: string, args: readonly string[] = []) {
  const stopping = new AbortController();
  let ended: Promise<Ended> | undefined;
  const address = await new Promise<string>((resolve, reject) => {
    ended = runBin(['review', '--web', '--no-browser', ...args], {
      folder,
      stop: stopping.signal,
      onStderr: (text) => {
        const found = /http:\S+/u.exec(text)?.[0];
        if (found !== undefined) resolve(found);
      },
    });
    void ended.then(({ stderr }) => reject(new Error(`it ended: ${stderr}`)));
  });
  if (ended === undefined) throw new Error('it never began');
  onTestFinished(() => stopping.abort());
  return { ended, address, stop: () => stopping.abort() };
}
