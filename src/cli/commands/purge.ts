import { EXIT, UserError } from '../../errors.ts';
import { isNothing, purgeAsJson, purgeAsText, type PurgeView } from '../../report/purge.ts';
import { ask, exitAfterNo } from '../ask.ts';
import type { Action, Context } from '../context.ts';
import { type Age, before as agedBefore } from '../dates.ts';
import { withJournal } from '../session.ts';

interface Flags {
  readonly olderThan?: Age;
  readonly before?: Date;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export const purge: Action<Flags> = (context, flags) => {
  const before = cutOf(flags, context.now());
  if (flags.dryRun) {
    return withJournal(context, 'read', 'purge --dry-run', async (journal) => {
      const view = { before: before.toISOString(), ...journal.purgeable({ before }) };
      if (context.output.isJson) await context.output.json(purgeAsJson(view, false));
      else await context.output.result(purgeAsText(view, context.stdoutLook));
      return EXIT.done;
    });
  }
  return withJournal(context, 'write', 'purge', async (journal) => {
    const view = { before: before.toISOString(), ...journal.purgeable({ before }) };
    if (!context.output.isJson) await context.output.result(purgeAsText(view, context.stdoutLook));
    if (!isNothing(view) && !flags.yes) await confirm(context, view);
    journal.purge({ before });
    if (context.output.isJson) await context.output.json(purgeAsJson(view, true));
    else if (!isNothing(view)) await context.output.result([`\nPurged. ${KEPT}\n`]);
    return EXIT.done;
  });
};

const KEPT =
  'What was done stays on record: clio-fields audit RUN-ID.\nReports written with --out and backups of the journal still hold what they held.';

function cutOf({ olderThan, before }: Flags, now: Date): Date {
  if (olderThan !== undefined) return agedBefore(now, olderThan);
  if (before === undefined) {
    throw new UserError(
      'usage',
      'It must be said which values are old.',
      'Give --older-than 90d or --before 2026-01-31; --dry-run shows what would go.',
    );
  }
  if (before.getTime() <= now.getTime()) return before;
  throw new UserError(
    'future_date',
    `${before.toISOString().slice(0, 10)} lies in the future. Nothing was purged.`,
    'Give a day of the past; `--older-than 0d` takes everything up to this moment.',
  );
}

async function confirm(context: Context, { runs }: PurgeView): Promise<void> {
  const lost = runs.filter(({ counts }) => counts.applied > 0).length;
  if (!context.isInteractive) {
    throw new UserError(
      'not_confirmed',
      'Nothing was purged: without a terminal to ask on, --yes must be given.',
      'See what would go with --dry-run, then run it again with --yes.',
    );
  }
  const question =
    lost === 0
      ? '\nDelete these values for good? Type yes to delete: '
      : `\nDelete these values for good? ${lost === 1 ? 'One run' : `${lost} runs`} can then no longer be rolled back. Type yes to delete: `;
  if (await ask(context, question)) return;
  throw new UserError(
    'not_confirmed',
    'Nothing was purged.',
    'Run it again and type yes, or look first with --dry-run.',
    exitAfterNo(context),
  );
}
