import type { PendingRecord } from '../../journal/index.ts';
import type { RecordSnapshot } from '../../model/field.ts';
import { PlatformError } from '../../platforms/types.ts';
import type { Executor } from './executor.ts';
import type { NewGround } from './new-ground.ts';
import { OpenRecord, type RecordOptions } from './open-record.ts';
import type { OptionWriter } from './option-writer.ts';
import { definitionIdsOf } from './sight.ts';

interface BatchOptions extends RecordOptions {
  readonly ground: NewGround;
  /** What fails now is not set aside again. */
  readonly isRetry: boolean;
  /** Told of the first reading, before anything is written on the strength of it. */
  readonly beforeWriting: (fresh: ReadonlyMap<string, RecordSnapshot>) => Promise<void>;
}

/**
 * Brings one batch of records (one request's worth, of one kind) to its end: each change is settled.
 * Round by round: read the records that are still open in one request, compare, send what can be sent.
 * A record whose answer was lost, or that moved under our hands, is open again in the next round, so nothing is
 * ever sent on a doubt; after lost and failed answers a growing pause comes before the next round.
 * Where the first writes show that a reading does not hold for as many records as it was made for, are refused one after another, or
 * leave open how the platform takes them, the rest is left for another.
 * Where the checkpoint holds writes back, those that have not left stay unsettled; and what keeps failing is set aside, so that it
 * does not hold up the others.
 * Throws `PlatformError` where the job cannot go on; what was settled stays settled.
 */
export async function settleBatch(
  executor: Executor,
  runId: string,
  batch: readonly PendingRecord[],
  options: BatchOptions,
): Promise<void> {
  const { failures, failing, isRetry, isTail } = options;
  const read = async (records: readonly PendingRecord[]): Promise<Map<string, RecordSnapshot>> => {
    let askedAtMs = 0;
    const onAsk = (): void => void (askedAtMs = executor.now().getTime());
    const snapshots = await readAgain(executor, records, options.picklists, onAsk);
    options.reach.noteReading(askedAtMs);
    return snapshots;
  };
  const { hold } = options.checkpoint;
  let fresh = await read(batch);
  await options.beforeWriting(fresh);
  const isNewGround = options.ground.isEnteredBy(batch.slice(0, SCOUTS));
  const vanguards = isNewGround ? [SCOUTS, VANGUARD] : [VANGUARD];
  let open = batch.map((pending) => new OpenRecord(executor, runId, pending, options));
  for (let isFirstRound = true; ; isFirstRound = false) {
    open = await advanceAll(open, fresh, options, isFirstRound ? vanguards : []);
    open = open.filter(({ isOpen }) => isOpen);
    if (hold.aborted) return;
    const attempt = failures.endRound(!isTail);
    if (!isRetry && !failing.isFull) {
      failing.setAside(open.flatMap((record) => record.stubborn ?? []));
      open = open.filter((record) => record.stubborn === null);
    }
    if (open.length === 0) return;
    // Those that were held back first: a few that always fail must not keep the others from showing that the platform works.
    open = open.toSorted((left, right) => left.tries - right.tries);
    if (attempt > 0) await executor.platform.pause(attempt);
    fresh = await read(open.map(({ pending }) => pending));
  }
}

/** So many records of a reading go before the rest: where the platform refuses what they are sent, the rest waits until it is known why. */
const VANGUARD = 50;
/** So many go before these where it is new ground. */
const SCOUTS = 5;

/** One round over the records that a reading covers, `vanguards` of them first; answers with those that it got to. */
async function advanceAll(
  open: readonly OpenRecord[],
  fresh: ReadonlyMap<string, RecordSnapshot>,
  { reach, checkpoint, ground }: BatchOptions,
  vanguards: readonly number[],
): Promise<OpenRecord[]> {
  const done: OpenRecord[] = [];
  while (done.length < open.length) {
    const isInDoubt =
      vanguards.length > 0 &&
      (checkpoint.fearsProblems || done.some(({ isFeelingItsWay }) => isFeelingItsWay));
    if (isInDoubt) ground.doubt();
    if (done.length > 0 && (isInDoubt || reach.isExceeded)) {
      checkpoint.leave(open.slice(done.length).map(({ pending }) => pending));
      break;
    }
    const ahead = vanguards.find((size) => size > done.length) ?? Number.POSITIVE_INFINITY;
    const turn = open.slice(done.length, Math.min(done.length + reach.takeTurn(), ahead));
    await allOrFirstError(turn.map((record) => record.advance(fresh.get(record.recordId))));
    done.push(...turn);
  }
  return done;
}

/** One request: the records, with every value that the comparison needs. */
async function readAgain(
  { platform }: Executor,
  records: readonly PendingRecord[],
  { definitions }: OptionWriter,
  onAsk: () => void,
): Promise<Map<string, RecordSnapshot>> {
  const [first] = records;
  const fresh = new Map<string, RecordSnapshot>();
  if (first === undefined) return fresh;
  const query = {
    parentType: first.parentType,
    recordIds: records.map(({ recordId }) => recordId),
    definitionIds: [...new Set(records.flatMap(definitionIdsOf))],
    onAsk,
  };
  for await (const page of platform.readRecords(query, definitions)) {
    for (const record of page.records) fresh.set(record.recordId, record);
  }
  return fresh;
}

/** What has left must be journaled, so all of them end before the first error is passed on. */
async function allOrFirstError(tasks: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(tasks);
  const errors = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  const [first] = errors.toSorted((left, right) => rank(left) - rank(right));
  if (first !== undefined) throw first;
}

/** A bug or a full disk comes before the platform's trouble, and that before an abort that only followed from it. */
function rank(error: unknown): number {
  if (!(error instanceof PlatformError)) return 0;
  return error.kind === 'aborted' ? 2 : 1;
}
