import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { EXIT, UserError } from '../../errors.ts';
import { proposeRulesFile } from '../../operations/rules/propose.ts';
import { rulesFileJsonSchema } from '../../rules/file.ts';
import type { Action } from '../context.ts';
import { replaceWhole } from '../replace-whole.ts';
import { withJournal } from '../session.ts';
import { settingFlags } from '../setting-flags.ts';
import { unwritten } from '../unwritten.ts';

interface Flags {
  readonly force: boolean;
}

export const init: Action<Flags> = (context, { force }) => {
  const { rulesPath, journalPath } = context.settings;
  if (existsSync(rulesPath) && !force) {
    throw new UserError(
      'rules_file_exists',
      `There is a rules file already: ${rulesPath}. It was left as it is.`,
      'Write to another with --rules FILE, or replace it with --force.',
    );
  }
  return withJournal(context, 'read', 'init', async (journal) => {
    const { inventoryId } = journal.inventories.find();
    const schemaPath = join(dirname(journalPath), 'rules.schema.json');
    const named = relative(dirname(rulesPath), schemaPath).replaceAll('\\', '/');
    const text = proposeRulesFile(
      journal,
      inventoryId,
      named.startsWith('.') ? named : `./${named}`,
    );
    try {
      mkdirSync(dirname(rulesPath), { recursive: true });
      replaceWhole(schemaPath, [`${JSON.stringify(rulesFileJsonSchema(), null, 2)}\n`]);
      // For this user alone, as it shows samples of clients' values; a link goes on leading to it.
      replaceWhole(existsSync(rulesPath) ? realpathSync(rulesPath) : rulesPath, [text]);
    } catch (cause) {
      throw unwritten(
        { code: 'rules_file', what: `rules file ${rulesPath}`, otherwise: '--rules' },
        cause,
      );
    }
    if (context.output.isJson)
      await context.output.json({ file: rulesPath, schema: schemaPath, inventoryId });
    else {
      await context.output.result([`Wrote ${rulesPath}, proposed from ${inventoryId}.\n`]);
      context.output.note(
        `It shows samples of clients’ values: keep it where such files are kept.\nRead it, change it, then see what it would do:\n  clio-fields plan --dry-run${settingFlags(context.flags)}`,
      );
    }
    return EXIT.done;
  });
};
