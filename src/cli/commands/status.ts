import { existsSync } from 'node:fs';
import { EXIT } from '../../errors.ts';
import { Journal } from '../../journal/index.ts';
import { findStatus } from '../../operations/account/status.ts';
import { statusAsJson, statusAsText, type StatusView } from '../../report/status.ts';
import type { Action, Context } from '../context.ts';
import { withJournal } from '../session.ts';

export const status: Action<object> = async (context) => {
  const { output, settings, stdoutLook, now } = context;
  const circumstances = {
    isSignedIn: settings.accessToken !== null || settings.profile !== null,
    hasRules: existsSync(settings.rulesPath),
    writer: Journal.holder(settings.journalPath),
  };
  const found = existsSync(settings.journalPath)
    ? await withJournal(context, 'read', 'status', (journal) => findStatus(journal, circumstances))
    : findStatus(null, circumstances);
  const { inventory, ...rest } = found;
  const view: StatusView = {
    signIn: signInOf(context),
    journal: settings.journalPath,
    rules: { file: settings.rulesPath, exists: circumstances.hasRules },
    inventory:
      inventory === null
        ? null
        : {
            inventoryId: inventory.inventoryId,
            takenAt: inventory.takenAt,
            records: inventory.records,
            coverage: inventory.coverage,
          },
    ...rest,
  };
  if (output.isJson) await output.json(statusAsJson(view));
  else await output.result(statusAsText(view, now(), stdoutLook));
  return EXIT.done;
};

function signInOf({ settings }: Context): StatusView['signIn'] {
  const { accessToken, profile, profileName, baseUrl } = settings;
  const isToken = accessToken !== null;
  return {
    from: isToken ? 'environment' : profile === null ? 'nowhere' : 'profile',
    profile: isToken ? null : profileName,
    baseUrl,
    user: isToken ? null : (profile?.user?.name ?? null),
    account: isToken ? null : (profile?.account?.name ?? null),
  };
}
