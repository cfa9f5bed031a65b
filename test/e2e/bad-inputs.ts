/**
 * Command lines, environments and files that are wrong, and what the program says of each.
 * `{DIGEST}` stands for the digest of plan-1, `{PORT}` for a port that is taken, `{OTHER}` for the base URL of another account.
 */
export interface BadInput {
  readonly what: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  /** `error.code` with --json. */
  readonly code: string;
  /** A part of the message. */
  readonly says: string;
  /** `inventoried` unless another is said. */
  readonly journal?: Stage;
  /** Over what a signed-in person has; an empty text takes a variable away. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What lies in the working folder, by name; null makes a folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  readonly stdin?: string;
}

/** How far the work has come: no journal; an inventory; plan-1; run-1 stopped half way; run-1 completed; plan-2, its inverse. */
export type Stage = 'none' | 'inventoried' | 'planned' | 'stopped' | 'completed' | 'rolledBack';

/** What the account holds is in `account()` of the test. */
export const GOOD_RULES = `version: 1
fields:
  - { match: Court, rule: text }
`;

type Expected = readonly [exitCode: number, code: string, says: string];

function bad(
  what: string,
  args: readonly string[],
  [exitCode, code, says]: Expected,
  more: Pick<BadInput, 'journal' | 'environment' | 'files' | 'stdin'> = {},
): BadInput {
  return { what, args, exitCode, code, says, ...more };
}

/** A rules file that `plan` refuses. */
function rules(what: string, text: string, says: string): BadInput {
  return bad(what, ['plan'], [2, 'rules_file', says], {
    files: { 'clio-fields.rules.yaml': text },
  });
}

/** A rules file of one entry that `plan` refuses. */
function entry(what: string, text: string, says: string): BadInput {
  return rules(what, `version: 1\nfields:\n  - ${text}\n`, says);
}

const usage = (says: string): Expected => [2, 'usage', says];

const COMMAND_LINE: readonly BadInput[] = [
  bad('an unknown command', ['inventorize'], usage("unknown command 'inventorize'")),
  bad('a misspelled command', ['invetory'], usage('inventory')),
  bad('an unknown flag', ['plan', '--dryrun'], usage("unknown option '--dryrun'")),
  bad('a flag of another command', ['runs', '--dry-run'], usage("unknown option '--dry-run'")),
  bad('an argument too many', ['runs', 'run-1'], usage('too many arguments')),
  bad('a plan id that is missing', ['approve'], usage('Name a plan, such as plan-1')),
  bad('a run id that is missing', ['rollback'], usage('`clio-fields runs` lists them')),
  bad('a flag without its value', ['plan', '--out'], usage('argument missing')),
  bad('an unknown format', ['plan', '--format', 'pdf'], usage("argument 'pdf' is invalid")),
  bad('a report as PDF', ['plan', '--out', 'plan.pdf'], usage('No report can be written as .pdf')),
  bad(
    'a report as a workbook',
    ['plan', '--format', 'csv', '--out', 'plan.xlsx'],
    usage('No report can be written as .xlsx'),
  ),
  bad(
    'a report over the journal',
    ['plan', '--format', 'text', '--out', '.clio-fields/journal.sqlite'],
    usage('No report can be written as .sqlite'),
  ),
  bad(
    'a format that the name of the file contradicts',
    ['plan', '--format', 'csv', '--out', 'plan.html'],
    usage('asks for another format than the name plan.html'),
  ),
  bad(
    'like CSV rows together',
    ['plan', '--group', '--out', 'p.csv'],
    usage('--group is for people'),
  ),
  bad('changes of an inventory together', ['show', 'inventory-1', '--group'], usage('has none')),
  bad(
    'an explanation with a planner',
    ['plan', '--explain', 'Court', '--by', 'Ann Example'],
    usage("'--by <name>'"),
  ),
  bad('nobody by name', ['plan', '--by', ''], usage('It must be a name')),
  bad(
    'a pace for what writes nothing',
    ['rollback', 'run-1', '--dry-run', '--rate', '5'],
    usage("cannot be used with option '--rate"),
  ),
  bad('a pause file without a name', ['apply', '--pause-file', ''], usage('name of a file')),
  bad('a pace of one look', ['watch', '--once', '--every', '2h'], usage("option '--every <time>'")),
  bad(
    'a page that is not asked for',
    ['review', '--port', '8080'],
    usage('--port is for the page'),
  ),
  bad('a kind of no record', ['report', 'run-1', '--parent', 'matter'], usage('none was named')),
  bad(
    'a certificate of one record',
    ['report', 'run-1', '--record', '1001'],
    usage('A certificate is of the whole run'),
  ),
  bad(
    'a file of all records and of one',
    ['report', 'run-1', '--what', 'diff', '--record', '1001', '--all-records'],
    usage('--all-records is for an upload'),
  ),
  bad('every profile and one', ['logout', '--all', '--profile', 'x'], usage('--all means every')),
  bad(
    'a size of a table',
    ['sandbox', '--csv', 't.csv', '--matters', '5'],
    usage("'--matters <n>'"),
  ),
  bad(
    'a status of contacts',
    ['inventory', '--parent', 'contact', '--status', 'open'],
    usage('Contacts have no status'),
  ),
  bad('an unknown parent', ['inventory', '--parent', 'bill'], usage("argument 'bill' is invalid")),
  bad('an unknown status', ['inventory', '--status', 'won'], usage('"won" is none of open')),
  bad(
    'a limit that is no number',
    ['apply', '--max-changes', 'few'],
    usage('It must be a whole number'),
  ),
  bad('a negative limit', ['apply', '--max-changes=-1'], usage('It must be a whole number')),
  bad('a fraction of a record', ['apply', '--stop-after', '1.5'], usage('whole number')),
  bad('nothing to stop after', ['apply', '--stop-after', '0'], usage('It must be at least 1')),
  bad('a huge rate', ['apply', '--rate', '99999999999999999999'], usage('whole number')),
  bad('a rate of nothing', ['rollback', 'run-1', '--rate', '0'], usage('It must be at least 1')),
  bad('a demo of nothing', ['demo', '--matters', '0'], usage('It must be at least 1')),
];

const SETTINGS: readonly BadInput[] = [
  bad('an unknown region', ['runs', '--region', 'mars'], [2, 'region', 'no region "mars"']),
  bad('an unknown region in the environment', ['runs'], [2, 'region', 'no region "moon"'], {
    environment: { CLIO_BASE_URL: '', CLIO_REGION: 'moon' },
  }),
  bad(
    'plain http to another machine',
    ['inventory', '--base-url', 'http://app.clio.com'],
    [2, 'base_url', 'unencrypted to app.clio.com'],
  ),
  bad(
    'a base URL with a path',
    ['inventory', '--base-url', 'https://app.clio.com/api/v4'],
    [2, 'base_url', 'more than a host'],
  ),
  bad(
    'a base URL with credentials',
    ['inventory', '--base-url', 'https://ann:pw@app.clio.com'],
    [2, 'base_url', 'holds a user name or a password'],
  ),
  bad(
    'a base URL without a scheme',
    ['inventory', '--base-url', 'app.clio.com'],
    [2, 'base_url', 'is not a web address'],
  ),
  bad('a base URL of another kind', ['inventory'], [2, 'base_url', 'is not a web address'], {
    environment: { CLIO_BASE_URL: 'ftp://app.clio.com' },
  }),
  bad('no token to read with', ['inventory'], [5, 'not_signed_in', 'You are not signed in'], {
    environment: { CLIO_ACCESS_TOKEN: '' },
  }),
  bad('no token to write with', ['apply'], [5, 'not_signed_in', 'You are not signed in'], {
    environment: { CLIO_ACCESS_TOKEN: '  ' },
    journal: 'planned',
  }),
  bad('no token to undo with', ['rollback', 'run-1'], [5, 'not_signed_in', 'not signed in'], {
    environment: { CLIO_ACCESS_TOKEN: '' },
    journal: 'completed',
  }),
  bad('a token that is not good', ['inventory'], [5, 'not_signed_in', 'sign-in'], {
    environment: { CLIO_ACCESS_TOKEN: 'worn-out' },
  }),
  bad('a token that no request can carry', ['inventory'], [5, 'not_signed_in', 'token'], {
    environment: { CLIO_ACCESS_TOKEN: 'broken\nin two' },
  }),
];

const JOURNALS: readonly BadInput[] = [
  bad('no journal for runs', ['runs'], [2, 'no_journal', 'no journal at'], { journal: 'none' }),
  bad('no journal for show', ['show', 'plan-1'], [2, 'no_journal', 'no journal'], {
    journal: 'none',
  }),
  bad('no journal for init', ['init', '--rules', 'new.yaml'], [2, 'no_journal', 'no journal'], {
    journal: 'none',
  }),
  bad('no journal to plan with', ['plan'], [2, 'no_journal', 'no journal'], { journal: 'none' }),
  bad('no plan to apply', ['apply'], [2, 'unknown_plan', 'no plan']),
  bad('no journal to serve', ['sandbox', '--from-journal'], [2, 'no_journal', 'no journal'], {
    journal: 'none',
  }),
  bad('a journal that is a folder', ['runs', '--journal', 'here'], [2, 'journal_unreachable', ''], {
    files: { here: null },
  }),
  bad(
    'a journal to write that is a folder',
    ['inventory', '--journal', 'here'],
    [2, 'journal_unreachable', 'cannot be opened'],
    { files: { here: null } },
  ),
  bad(
    'a journal below a file',
    ['inventory', '--journal', 'note.txt/journal.sqlite'],
    [2, 'journal_unreachable', 'cannot be opened'],
    { files: { 'note.txt': 'a note' } },
  ),
  bad('a journal that is a text', ['runs', '--journal', 'note'], [2, 'not_a_journal', 'note'], {
    files: { note: 'this is not a database, however long it is read '.repeat(40) },
  }),
  bad('a text to write into', ['plan', '--journal', 'note'], [2, 'not_a_journal', 'note'], {
    files: { note: 'this is not a database, however long it is read '.repeat(40) },
  }),
  bad('an empty journal', ['runs', '--journal', 'empty'], [2, 'journal_empty', 'holds nothing'], {
    files: { empty: '' },
  }),
  bad(
    'another program’s database',
    ['runs', '--journal', 'other.sqlite'],
    [2, 'not_a_journal', 'another program made it'],
  ),
  bad(
    'a journal of a newer program',
    ['plan', '--journal', 'newer.sqlite'],
    [2, 'journal_newer', 'written by a newer clio-fields'],
  ),
  bad('a passphrase that was not there', ['runs'], [2, 'passphrase_unused', 'without a pass'], {
    environment: { CLIO_FIELDS_PASSPHRASE: 'correct horse' },
  }),
];

const RULES_FILES: readonly BadInput[] = [
  bad(
    'an empty folder to plan in',
    ['plan'],
    [2, 'rules_file_missing', 'Begin with `clio-fields inventory`, then `clio-fields init`'],
    { journal: 'none', environment: { CLIO_FIELDS_RULES: 'no.yaml' } },
  ),
  bad(
    'one place that is wrong in two ways',
    ['plan'],
    [2, 'rules_file', 'Correct this place in the rules file'],
    {
      files: {
        'clio-fields.rules.yaml': 'version: 1\nfields: [{ match: Court, rule: txet, bogus: 1 }]\n',
      },
    },
  ),
  bad(
    'no rules file',
    ['plan', '--rules', 'no.yaml'],
    [2, 'rules_file_missing', 'no.yaml cannot be read: there is no such file.'],
  ),
  bad(
    'a rules file that is a folder',
    ['plan', '--rules', 'rules'],
    [2, 'rules_file_missing', 'it is a folder'],
    {
      files: { rules: null },
    },
  ),
  bad(
    'a rules file that is there already',
    ['init'],
    [2, 'rules_file_exists', 'a rules file already'],
  ),
  bad(
    'a rules file in Windows-1252',
    ['plan', '--rules', 'ansi.yaml'],
    [2, 'rules_file', 'is not UTF-8'],
    { files: { 'ansi.yaml': Buffer.from(GOOD_RULES.replace('Court', 'Café'), 'latin1') } },
  ),
  rules('an empty rules file', '', 'the file is empty'),
  rules('a rules file of comments', '# nothing yet\n', 'the file is empty'),
  rules('a list instead of a rules file', '- a\n- b\n', ':1:1: '),
  rules('a text instead of a rules file', 'hello', ':1:1: '),
  rules('what is not YAML', 'version: 1\nfields: [\n', 'rules.yaml:3:1: '),
  rules('a tab for a space', 'version: 1\nfields:\n\t- match: Court\n', 'rules.yaml:3:1: '),
  rules('a key twice', 'version: 1\nversion: 1\nfields: []\n', 'rules.yaml:2:1: '),
  rules('two documents', 'version: 1\nfields: []\n---\nversion: 1\n', 'rules.yaml:3:'),
  rules('an alias that explodes', bomb(), 'stand for too much'),
  rules('an unknown version', 'version: 2\nfields: []\n', ':1:1: version: expected 1'),
  rules('no version', 'fields: []\n', 'version is missing'),
  rules('no fields', 'version: 1\n', 'fields is missing'),
  rules('fields that are no list', 'version: 1\nfields: Court\n', ':2:1: fields: expected a list'),
  rules('an unknown key', 'version: 1\nfields: []\nrule: text\n', ':3:1: unknown key "rule"'),
  rules('an unknown locale', 'version: 1\nlocale: "??"\nfields: []\n', 'language tag'),
  entry(
    'an unknown key of an entry',
    '{ match: Court, rule: text, colour: red }',
    ':3:33: unknown key "colour"; the keys here are match, ',
  ),
  entry('an entry that is a text', 'Court', ':3:5: '),
  entry('an entry without a rule', '{ match: Court }', 'rule is missing'),
  entry('an entry without a match', '{ rule: text }', 'match is missing'),
  entry('an empty match', '{ match: [], rule: text }', ':3:7: match: '),
  entry(
    'an unknown rule',
    '{ match: Court, rule: titel }',
    'unknown rule "titel"; the rules are text',
  ),
  entry(
    'an option of another rule',
    '{ match: Court, rule: text, with: { decimals: 2 } }',
    ':3:41: unknown key "decimals"',
  ),
  entry(
    'a slip in an option',
    '{ match: Court, rule: text, with: { quots: straight } }',
    ':3:41: unknown key "quots". Did you mean "quotes"?',
  ),
  entry(
    'an option’s value that there is not',
    '{ match: Court, rule: text, with: { case: Big } }',
    ':3:41: case: expected one of title',
  ),
  entry(
    'options that are no map',
    '{ match: Court, rule: text, with: title }',
    ':3:33: with: expected keys with values',
  ),
  entry(
    'a parent that there is not',
    '{ match: Court, parent: bill, rule: text }',
    ':3:21: parent: expected one of matter, contact',
  ),
  entry(
    'a date that is none',
    '{ match: Date of Loss, rule: date, with: { earliest: 1950-13-01 } }',
    ':3:',
  ),
  entry(
    'an unknown field, nearly right',
    '{ match: Cuort, rule: text }',
    ':3:7: unknown field "Cuort"; did you mean "Court"?',
  ),
  entry('an unknown field', '{ match: Shoe size, rule: text }', 'unknown field "Shoe size"'),
  entry(
    'a pattern that fits nothing',
    '{ match: "Shoe*", rule: text }',
    'no field\'s name fits "Shoe*"',
  ),
  entry('a deleted field', '{ match: Former, rule: text }', '"Former" is deleted'),
  entry('a name on both parents', '{ match: Notes, rule: text }', 'say which with parent'),
  entry('a name twice on one parent', '{ match: Twin, rule: text }', 'name it by its id'),
  entry(
    'a field that two entries name',
    '{ match: Court, rule: text }\n  - { match: "C*", rule: skip }',
    ':4:7: two entries name "Court"',
  ),
  entry(
    'a skip that moves',
    '{ match: Court, rule: skip, into: Notes, parent: matter }',
    'skip leaves "Court" alone and moves nothing',
  ),
  entry(
    'a rule that does not fit the type',
    '{ match: Date of Loss, rule: currency }',
    'cannot read "Date of Loss", a date field',
  ),
  entry(
    'a target that is not there',
    '{ match: Settlement, rule: currency, into: Settlement Amout }',
    'did you mean "Settlement Amount"?',
  ),
  entry(
    'a target of a wrong type',
    '{ match: Settlement, rule: currency, into: Date of Loss }',
    'cannot write into "Date of Loss"',
  ),
  entry(
    'a field into itself',
    '{ match: Settlement, rule: text, into: Settlement }',
    'cannot go into itself',
  ),
  entry(
    'a map to an option that is not there',
    '{ match: Venue, rule: picklist, with: { map: { N: Nrth } } }',
    ':3:',
  ),
];

/** Each level holds the one before it nine times. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const parts = Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*l${level - 1}`));
    return `l${level}: &l${level} [${parts.join(', ')}]`;
  });
  return `${levels.join('\n')}\n`;
}

const IDS: readonly BadInput[] = [
  bad('an unknown inventory', ['plan', 'inventory-9'], [2, 'unknown_inventory', 'inventory-9']),
  bad('a plan for an inventory', ['plan', 'plan-1'], [2, 'unknown_inventory', 'plan-1']),
  bad('an unknown plan to show', ['show', 'plan-9'], [2, 'unknown_plan', 'plan-9']),
  bad('an unknown run to show', ['show', 'run-9'], [2, 'unknown_run', 'run-9']),
  bad('what is no id', ['show', 'latest'], [2, 'unknown_id', '"latest" is no id']),
  bad(
    'an unknown inventory to show',
    ['show', 'inventory-9'],
    [2, 'unknown_inventory', 'inventory-9'],
  ),
  bad(
    'an unknown plan to approve',
    ['approve', 'plan-9', '--digest', 'x'],
    [2, 'unknown_plan', 'plan-9'],
  ),
  bad('an unknown plan to apply', ['apply', 'plan-9'], [2, 'unknown_plan', 'plan-9'], {
    journal: 'planned',
  }),
  bad(
    'a plan to undo where nothing ran',
    ['rollback', 'plan-1'],
    [2, 'unknown_run', 'It takes a run, such as run-1, and there is none yet'],
    { journal: 'planned' },
  ),
  bad('an unknown run to undo', ['rollback', 'run-9'], [2, 'unknown_run', 'run-9'], {
    journal: 'completed',
  }),
  bad(
    'a plan to undo',
    ['rollback', 'plan-1'],
    [2, 'unknown_run', 'plan-1 is the id of a plan, not of a run.'],
    {
      journal: 'completed',
    },
  ),
  bad(
    'an unknown field to plan',
    ['plan', '--field', 'Cuort'],
    [2, 'unknown_field', 'No field is named "Cuort"'],
  ),
  bad(
    'an unknown record to plan',
    ['plan', '--record', '7'],
    [2, 'unknown_record', 'no record with the id 7'],
  ),
  bad(
    'an unknown field to read',
    ['inventory', '--field', 'Cuort'],
    [2, 'unknown_field', '"Cuort"'],
  ),
  bad(
    'a field of the other kind',
    ['inventory', '--parent', 'contact', '--field', 'Court'],
    [2, 'unknown_field', '"Court"'],
  ),
  bad('what is no record’s id', ['inventory', '--record', 'abc'], usage('number in its address')),
  bad(
    'an unknown field to undo',
    ['rollback', 'run-1', '--field', 'Cuort', '--dry-run'],
    [2, 'unknown_field', '"Cuort"'],
    { journal: 'completed' },
  ),
  bad(
    'an unknown record to undo',
    ['rollback', 'run-1', '--record', '7', '--dry-run'],
    [2, 'unknown_record', '7'],
    { journal: 'completed' },
  ),
];

const PLANS: readonly BadInput[] = [
  bad(
    'an approval without a digest',
    ['approve', 'plan-1'],
    [2, 'digest_missing', 'the digest must be given'],
    { journal: 'planned' },
  ),
  bad(
    'an approval with a wrong digest',
    ['approve', 'plan-1', '--digest', 'abc'],
    [2, 'digest_mismatch', '"abc" is not that of plan-1'],
    { journal: 'planned' },
  ),
  bad(
    'an approval with an empty digest',
    ['approve', 'plan-1', '--digest', ''],
    [2, 'digest_mismatch', 'plan-1'],
    { journal: 'planned' },
  ),
  bad(
    'a plan that nobody approved',
    ['apply'],
    [2, 'not_approved', 'plan-1 is not approved. Nothing was written.'],
    { journal: 'planned' },
  ),
  bad(
    'a run with a wrong digest',
    ['apply', '--approve', 'abc'],
    [2, 'digest_mismatch', 'plan-1'],
    { journal: 'planned' },
  ),
  bad(
    'more changes than allowed',
    ['apply', '--approve', '{DIGEST}', '--max-changes', '1'],
    [2, 'too_many_changes', 'Nothing was written'],
    { journal: 'planned' },
  ),
  bad(
    'a plan of another account',
    ['apply', '--approve', '{DIGEST}', '--base-url', '{OTHER}'],
    [2, 'other_account', 'this sign-in is for {OTHER}'],
    { journal: 'planned' },
  ),
  bad(
    'a plan that was carried out',
    ['apply'],
    [2, 'plan_stale', 'carried out already, by run-1'],
    { journal: 'completed' },
  ),
  bad(
    'an approval of a plan that was carried out',
    ['approve', 'plan-1', '--digest', '{DIGEST}'],
    [2, 'plan_stale', 'carried out already, by run-1. It was not approved again.'],
    { journal: 'completed' },
  ),
  bad(
    'a plan that is a rollback',
    ['apply', 'plan-2'],
    [2, 'rollback_plan', 'is the inverse of run-1'],
    { journal: 'rolledBack' },
  ),
  bad(
    'an unfinished run in the way of apply',
    ['apply'],
    [4, 'unfinished_run', 'run-1 (of plan-1) is unfinished'],
    { journal: 'stopped' },
  ),
  bad(
    'another plan to resume',
    ['apply', 'plan-2', '--resume'],
    [4, 'unfinished_run', 'run-1 (of plan-1)'],
    { journal: 'stopped' },
  ),
  bad(
    'a run of another account to resume',
    ['apply', '--resume', '--base-url', '{OTHER}'],
    [2, 'other_account', 'this sign-in is for {OTHER}'],
    { journal: 'stopped' },
  ),
  bad(
    'a run of another account to undo',
    ['rollback', 'run-1', '--base-url', '{OTHER}'],
    [2, 'other_account', 'this sign-in is for {OTHER}'],
    { journal: 'completed' },
  ),
];

const FILES: readonly BadInput[] = [
  bad(
    'a report into a missing folder',
    ['plan', '--out', 'no/plan.html'],
    [2, 'out_file', 'plan.html could not be written: its folder is not there.'],
  ),
  bad('a report into a folder', ['plan', '--out', 'reports'], [2, 'out_file', 'it is a folder'], {
    files: { reports: null },
  }),
  bad('a report over nothing', ['show', 'plan-1', '--out', ''], [2, 'out_file', ''], {
    journal: 'planned',
  }),
  bad(
    'rules to write below a file',
    ['init', '--rules', 'note/r.yaml'],
    [2, 'rules_file', 'r.yaml'],
    { files: { note: 'a note' } },
  ),
  bad(
    'a table that is missing',
    ['sandbox', '--csv', 'no.csv'],
    [2, 'csv_unreadable', 'no.csv could not be read: there is no such file'],
  ),
  bad(
    'a table that is a folder',
    ['sandbox', '--csv', 'table'],
    [2, 'csv_unreadable', 'it is a folder'],
    {
      files: { table: null },
    },
  ),
  bad('an empty table', ['sandbox', '--csv', 't.csv'], [2, 'csv_table', 'has no header row'], {
    files: { 't.csv': '' },
  }),
  bad('a ragged table', ['sandbox', '--csv', 't.csv'], [2, 'csv_table', '3 cells in row 2'], {
    files: { 't.csv': 'a,b\n1,2,3\n' },
  }),
  bad(
    'a quote out of place',
    ['sandbox', '--csv', 't.csv'],
    [2, 'csv_table', 'has a quote out of place'],
    { files: { 't.csv': 'a,b\n1,"2\n' } },
  ),
];

const SANDBOX: readonly BadInput[] = [
  bad('a port that is taken', ['sandbox', '--port', '{PORT}'], [2, 'port', 'cannot be had']),
  bad('a port that there is not', ['sandbox', '--port', '70000'], [2, 'usage', 'port']),
  bad('a port that is no number', ['sandbox', '--port', 'http'], usage('whole number')),
  bad(
    'a fault that there is not',
    ['sandbox', '--fault', 'boom:0.1'],
    [2, 'sandbox_fault', 'no fault called "boom"'],
  ),
  bad(
    'a fault without a chance',
    ['sandbox', '--fault', '500'],
    [2, 'sandbox_fault', 'not of the form'],
  ),
  bad(
    'a fault that is too sure',
    ['sandbox', '--fault', '500:2'],
    [2, 'sandbox_fault', 'not a probability'],
  ),
  bad(
    'a behaviour without a value',
    ['sandbox', '--behave', 'decimals'],
    usage('is not KEY=VALUE'),
  ),
  bad(
    'a behaviour that there is not',
    ['sandbox', '--behave', 'mood=good'],
    usage('there is no "mood".'),
  ),
  bad(
    'a slip in a behaviour',
    ['sandbox', '--behave', 'decimal=round'],
    usage('there is no "decimal". Did you mean "decimals"?'),
  ),
  bad(
    'a behaviour of a wrong value',
    ['sandbox', '--behave', 'decimals=maybe'],
    usage('decimals: expected one of accept, refuse, round.'),
  ),
  bad('a behaviour that is not YAML', ['sandbox', '--behave', 'decimals=[a'], usage('decimals')),
  bad(
    'a table and a journal',
    ['sandbox', '--csv', 't.csv', '--from-journal'],
    usage('cannot be used with'),
  ),
];

const TRIALS: readonly BadInput[] = [
  bad(
    'a rule to try that there is not',
    ['try', 'dates', '1/2/2020'],
    [2, 'unknown_rule', 'There is no rule "dates"'],
  ),
  bad(
    'a rule to try that has a prototype’s name',
    ['try', 'constructor', 'x'],
    [2, 'unknown_rule', 'constructor'],
  ),
  bad('no rule to try', ['try'], usage("missing required argument 'rule'")),
  bad(
    'an option without a value',
    ['try', 'date', '1/2/2020', '--with', 'order'],
    usage('is not KEY=VALUE'),
  ),
  bad(
    'an option that there is not',
    ['try', 'date', '1/2/2020', '--with', 'ordre=DMY'],
    usage('ordre'),
  ),
  bad(
    'an option’s value that is wrong',
    ['try', 'date', '1/2/2020', '--with', 'order=XYZ'],
    usage('order'),
  ),
  bad(
    'an option that is not YAML',
    ['try', 'text', 'x', '--with', 'replace={a'],
    usage('is not YAML'),
  ),
  bad(
    'a locale that there is not',
    ['try', 'date', '1/2/2020', '--with', 'locale=_'],
    usage('is not a language tag'),
  ),
  bad('a picklist without options', ['try', 'picklist', 'x'], usage('needs the list of options')),
  bad(
    'a picklist with a text for options',
    ['try', 'picklist', 'x', '--with', 'options=A'],
    usage('needs the list'),
  ),
  bad(
    'bad options before standard input is read',
    ['try', 'numeric', '--with', 'decimals=-1'],
    usage('decimals'),
    { stdin: '5\n' },
  ),
];

export const BAD_INPUTS: readonly BadInput[] = [
  ...COMMAND_LINE,
  ...SETTINGS,
  ...JOURNALS,
  ...RULES_FILES,
  ...IDS,
  ...PLANS,
  ...FILES,
  ...SANDBOX,
  ...TRIALS,
];
