import { existsSync } from 'node:fs';
import { EXIT } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import { acceptClusters } from '../../operations/rules/accept-clusters.ts';
import {
  type FieldClusters,
  findClusters,
  type RulesText,
} from '../../operations/rules/clusters.ts';
import {
  acceptanceAsJson,
  acceptanceAsText,
  clustersAsJson,
  clustersAsText,
} from '../../report/clusters.ts';
import type { Strictness } from '../../rules/clusters.ts';
import type { Action, Context } from '../context.ts';
import { readRules, replaceRules } from '../rules-file.ts';
import { withJournal } from '../session.ts';

interface Flags {
  readonly strictness: Strictness;
  readonly accept?: readonly number[] | 'all';
}

export const clusters: Action<Flags> = (
  context,
  { strictness, accept },
  field = '',
  inventoryId?: string,
) => {
  const { output, settings, stdoutLook } = context;
  const isNeeded = accept !== undefined || existsSync(settings.rulesPath);
  const rules = isNeeded ? readRules(context) : null;
  return withJournal(context, 'read', 'clusters', async (journal) => {
    const found = findClusters(journal, { field, inventoryId, strictness, rules });
    if (accept !== undefined && rules !== null)
      await acceptThem(context, journal, found, accept, rules);
    else if (output.isJson) await output.json(clustersAsJson(found));
    else await output.result(clustersAsText(found, stdoutLook));
    return EXIT.done;
  });
};

async function acceptThem(
  { output, stdoutLook }: Context,
  journal: Journal,
  found: FieldClusters,
  numbers: readonly number[] | 'all',
  rules: RulesText,
): Promise<void> {
  const { text, ...acceptance } = acceptClusters(journal, found, numbers, rules);
  if (acceptance.added.size > 0) replaceRules(rules.fileName, text);
  const view = { file: rules.fileName, ...acceptance };
  if (output.isJson) await output.json(acceptanceAsJson(found, view));
  else await output.result(acceptanceAsText(view, stdoutLook));
}
