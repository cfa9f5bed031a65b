import { Chalk, type ChalkInstance } from 'chalk';
import type { Change, Edit, Flag, OptionChange, Plan } from '../model/change.ts';
import type { ChangeStatus, Run } from '../model/run.ts';
import type { Coverage } from '../model/summary.ts';
import { flagClustersAsText } from './clusters.ts';
import { shorten, table, wrap } from './table.ts';
import type {
  ApprovalView,
  InventoryView,
  Look,
  PlanView,
  Problem,
  Reporter,
  RunView,
} from './types.ts';
import { verificationAsText } from './verification.ts';
import { visible } from './visible.ts';

/** Text for people: fits the terminal, colour only where it helps, nothing in a value can paint the screen. */
export function textReporter(look: Look): Reporter {
  const page = new Page(look);
  return {
    *plan(view: PlanView, isWhole: boolean) {
      yield* page.planHeader(view);
      if (isWhole) yield* page.diff(view);
      if (view.flagClusters !== undefined)
        yield* flagClustersAsText(view.flagClusters(), view.plan.inventoryId, look);
      yield* page.planFooter(view.plan);
    },
    *run(view: RunView) {
      yield* page.runHeader(view.run, view.approval);
      yield* page.outcomes(view);
    },
    verification: (view) => verificationAsText(view, look),
  };
}

/** What an inventory shows: a row a field, samples of what is malformed, and what could not be read. */
export function* inventoryAsText(view: InventoryView, look: Look): Iterable<string> {
  yield* new Page(look).inventory(view);
}

/** How a run ended: its counts, and every change that could not be made with the reason. */
export function* runSummaryAsText(
  run: Run,
  problems: Iterable<Problem>,
  look: Look,
): Iterable<string> {
  const page = new Page(look);
  yield* page.runHeader(run, null);
  yield* page.problems(problems);
}

/** Every run, newest first. */
export function* runsAsText(runs: readonly Run[], look: Look): Iterable<string> {
  yield* new Page(look).runs(runs);
}

/** So many problems are told in words; all of them stand in `show`. */
const PROBLEMS_SHOWN = 50;

class Page {
  readonly #paint: ChalkInstance;
  readonly #columns: number;

  constructor({ hasColor, columns }: Look) {
    this.#paint = new Chalk({ level: hasColor ? 1 : 0 });
    this.#columns = columns;
  }

  *planHeader({ plan, approval, optionChanges }: PlanView): Iterable<string> {
    const { bold, dim } = this.#paint;
    const source = plan.rollsBack === null ? `of ${plan.inventoryId}` : `undoes ${plan.rollsBack}`;
    yield `${bold(plan.planId)} ${source}, ${timeOf(plan.createdAt)}, ${plan.origin}\n`;
    yield `${dim('digest')} ${plan.digest}\n`;
    if (approval !== null) yield `approved by ${visible(approval.by)}, ${timeOf(approval.at)}\n`;
    yield '\n';
    yield* this.#table(
      [
        { title: 'Field', align: 'left', isElastic: true },
        { title: 'Rule', align: 'left' },
        { title: 'Unchanged', align: 'right' },
        { title: 'Changed', align: 'right' },
        { title: 'Flagged', align: 'right' },
        { title: 'Unread', align: 'right' },
      ],
      [
        ...plan.fields.map(({ fieldName, rule, unchanged, changed, flagged, unread }) => [
          visible(fieldName),
          rule,
          ...[unchanged, changed, flagged, unread].map(number),
        ]),
        [
          'all',
          '',
          ...[
            plan.counts.unchanged,
            plan.counts.changed,
            plan.counts.flagged,
            plan.counts.unread,
          ].map(number),
        ],
      ],
    );
    for (const { fieldName, evidence } of plan.fields) {
      for (const sentence of evidence)
        yield* this.#indented(`${visible(fieldName)}: ${visible(sentence)}`, 2, dim);
    }
    const options = [...optionChanges()];
    if (options.length > 0) yield '\nOptions\n';
    for (const option of options) yield* this.#indented(describeOption(option), 2);
  }

  *diff({ changes, flags }: PlanView): Iterable<string> {
    yield* this.#byRecord(changes(), (change) => this.#change(change));
    let isFirst = true;
    const heading = (): string =>
      isFirst ? `\n${this.#paint.bold('Flags: for a person to decide')}\n` : '';
    for (const piece of this.#byRecord(flags(), (flag) => this.#flag(flag))) {
      yield heading() + piece;
      isFirst = false;
    }
  }

  *planFooter({ counts, needs }: Plan): Iterable<string> {
    yield `\n${number(counts.changed)} to change, ${number(counts.flagged)} flagged, ${number(counts.unchanged)} unchanged`;
    yield counts.unread > 0 ? `, ${number(counts.unread)} could not be read\n` : '\n';
    if (needs.writes > 0) {
      yield `Needs ${number(needs.reads)} reads and ${number(needs.writes)} writes: about ${number(needs.minutes)} min at 50 requests a minute\n`;
    }
  }

  *runHeader(run: Run, approval: ApprovalView | null): Iterable<string> {
    const { bold } = this.#paint;
    const what = run.rollsBack === null ? `of ${run.planId}` : `undoes ${run.rollsBack}`;
    yield `${bold(run.runId)} ${what}, ${timeOf(run.startedAt)}: ${this.#runStatus(run)}\n`;
    if (approval !== null) yield `approved by ${visible(approval.by)}, ${timeOf(approval.at)}\n`;
    const { applied, alreadyThere, conflict, rejected, noAccess, pending } = run.counts;
    const parts = [
      `${number(applied)} applied`,
      alreadyThere > 0 && `${number(alreadyThere)} already there`,
      conflict > 0 && `${number(conflict)} in conflict`,
      rejected > 0 && `${number(rejected)} rejected`,
      noAccess > 0 && `${number(noAccess)} without access`,
      pending > 0 && `${number(pending)} pending`,
    ].filter((part) => part !== false);
    yield `${parts.join(', ')}\n`;
    const { reads, writes, retries, throttled } = run.requests;
    yield `${number(reads)} reads, ${number(writes)} writes, ${number(retries)} repeated, ${number(throttled)} throttled\n`;
  }

  *outcomes({ changes, optionChanges }: RunView): Iterable<string> {
    for (const { change, status, reason } of optionChanges()) {
      yield* this.#indented(
        `${describeOption(change)}: ${this.#status(status)}${reason === null ? '' : `, ${reason}`}`,
        0,
      );
    }
    yield* this.#byRecord(
      (function* () {
        for (const { change, outcome } of changes()) yield { ...change, outcome };
      })(),
      ({ outcome, ...change }) => {
        const reason = outcome?.reason ?? null;
        return [
          ...this.#change(change),
          ...this.#indented(
            `${this.#status(outcome?.status ?? 'pending')}${reason === null ? '' : `: ${visible(reason)}`}`,
            4,
          ),
        ];
      },
    );
  }

  *problems(problems: Iterable<Problem>): Iterable<string> {
    let shown = 0;
    let more = 0;
    for (const { recordId, recordLabel, fieldName, status, reason, shows } of problems) {
      if (shown === PROBLEMS_SHOWN) {
        more += 1;
        continue;
      }
      shown += 1;
      if (shown === 1) yield `\n${this.#paint.bold('Could not be made')}\n`;
      const record =
        recordId === null ? 'options of' : `${visible(recordLabel ?? '')} (${recordId}),`;
      const seen = shows === null ? '' : `; it shows: ${visible(shows)}`;
      yield* this.#indented(
        `${record} ${visible(fieldName)}: ${this.#status(status)}, ${visible(reason ?? '')}${seen}`,
        2,
      );
    }
    if (more > 0)
      yield `  … and ${number(more)} more: \`clio-fields show\` of the run, or --json, has all of them\n`;
  }

  *inventory({
    inventoryId,
    takenAt,
    origin,
    coverage,
    fields,
    requests,
  }: InventoryView): Iterable<string> {
    yield `${this.#paint.bold(inventoryId)}, ${timeOf(takenAt)}, ${origin}, ${number(requests)} requests\n`;
    for (const each of coverage) yield `${this.#coverage(each)}\n`;
    yield '\n';
    yield* this.#table(
      [
        { title: 'Field', align: 'left', isElastic: true },
        { title: 'Type', align: 'left' },
        { title: 'Filled', align: 'right' },
        { title: 'Distinct', align: 'right' },
        { title: 'Well', align: 'right' },
        { title: 'Mal', align: 'right' },
        { title: 'Unread', align: 'right' },
        { title: 'Samples of malformed', align: 'left', isElastic: true },
      ],
      fields.map(({ definition, states, distinct, wellFormed, malformed, samples }) => [
        `${visible(definition.name)}${definition.deleted ? ' (deleted)' : ''}`,
        definition.fieldType,
        ...[states.value, distinct, wellFormed, malformed, states.unread].map(number),
        samples.map(visible).join(' | '),
      ]),
    );
  }

  *runs(runs: readonly Run[]): Iterable<string> {
    if (runs.length === 0) {
      yield 'No runs yet.\n';
      return;
    }
    yield* this.#table(
      [
        { title: 'Run', align: 'left' },
        { title: 'Of', align: 'left' },
        { title: 'Started', align: 'left' },
        { title: 'Status', align: 'left' },
        { title: 'Applied', align: 'right' },
        { title: 'Not made', align: 'right' },
        { title: 'Pending', align: 'right' },
      ],
      runs.map((run) => [
        run.runId,
        run.rollsBack === null ? run.planId : `undoes ${run.rollsBack}`,
        timeOf(run.startedAt),
        run.status,
        number(run.counts.applied),
        number(run.counts.conflict + run.counts.rejected + run.counts.noAccess),
        number(run.counts.pending),
      ]),
    );
  }

  /** Blocks under one heading a record, however many of its changes follow each other. */
  *#byRecord<Item extends Pick<Change, 'parentType' | 'recordId' | 'recordLabel'>>(
    items: Iterable<Item>,
    block: (item: Item) => Iterable<string>,
  ): Iterable<string> {
    let current = '';
    for (const item of items) {
      const record = `${item.parentType} ${item.recordId}`;
      if (record !== current) {
        yield `\n${this.#paint.bold(shorten(visible(item.recordLabel), this.#columns - record.length - 3))} ${this.#paint.dim(`(${record})`)}\n`;
        current = record;
      }
      yield* block(item);
    }
  }

  #change({ edits, reason }: Change): string[] {
    return [
      ...edits.flatMap((edit) => this.#edit(edit)),
      ...this.#indented(visible(reason), 4, this.#paint.dim),
    ];
  }

  #edit({ fieldName, action, beforeText, afterText }: Edit): string[] {
    const { red, green, dim } = this.#paint;
    return [
      `  ${visible(fieldName)} ${dim(action)}\n`,
      ...(beforeText === null ? [] : this.#indented(`- ${visible(beforeText)}`, 4, red)),
      ...(afterText === null ? [] : this.#indented(`+ ${visible(afterText)}`, 4, green)),
    ];
  }

  #flag({ fieldName, value, reason, suggestions }: Flag): string[] {
    const { yellow, dim } = this.#paint;
    return [
      `  ${visible(fieldName)}\n`,
      ...this.#indented(`? ${visible(value)}`, 4, yellow),
      ...this.#indented(visible(reason), 4, dim),
      ...(suggestions.length === 0
        ? []
        : this.#indented(`perhaps: ${suggestions.map(visible).join(' | ')}`, 4, dim)),
    ];
  }

  #coverage({ parentType, read, hidden, total }: Coverage): string {
    const missing = total === null ? 0 : total - read;
    const parts = [
      `${number(read)}${total === null || total === read ? '' : ` of ${number(total)}`} ${parentType}s read`,
      missing > 0 && `${number(missing)} not visible to this user`,
      hidden > 0 && `${number(hidden)} with values that were kept from this sign-in`,
    ].filter((part) => part !== false);
    return missing + hidden > 0 ? this.#paint.yellow(parts.join('; ')) : parts.join('; ');
  }

  #runStatus({ status, counts }: Run): string {
    const { green, yellow } = this.#paint;
    return status === 'completed' && counts.pending === 0
      ? green('completed')
      : yellow('incomplete');
  }

  #status(status: ChangeStatus): string {
    const { green, red, yellow } = this.#paint;
    switch (status) {
      case 'applied':
        return green('applied');
      case 'alreadyThere':
        return green('already there');
      case 'conflict':
        return red('conflict');
      case 'rejected':
        return red('rejected');
      case 'noAccess':
        return red('no access');
      case 'pending':
        return yellow('pending');
    }
  }

  #indented(
    text: string,
    indent: number,
    paint: (line: string) => string = (line) => line,
  ): string[] {
    return wrap(text, this.#columns - indent).map(
      (line) => `${' '.repeat(indent)}${paint(line)}\n`,
    );
  }

  #table(
    ...[columns, rows]: [Parameters<typeof table>[0], Parameters<typeof table>[1]]
  ): Iterable<string> {
    return table(columns, rows, this.#columns, this.#paint.bold);
  }
}

function describeOption({ action, fieldName, label, reason }: OptionChange): string {
  const verb = { add: 'adds', retire: 'retires', restore: 'restores' }[action];
  return `${visible(fieldName)} ${verb} "${visible(label)}" (${visible(reason)})`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** A time without what nobody reads: `2026-11-24 07:38 UTC`. */
function timeOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
