import type { AccountDefinition, AccountOption } from './account.ts';
import { optionOf } from './directory.ts';
import { isObject, refuse } from './exchange.ts';
import type { Behaviour } from './options.ts';
import { refuseUnknownKeys } from './unknown-keys.ts';
import type { Context } from './write-values.ts';

/** Writes a definition: its name and switches, and its picklist's options. All of it, or nothing. */
export function writeDefinition(
  definition: AccountDefinition,
  data: Record<string, unknown>,
  context: Context,
): void {
  refuseUnknownKeys(data, DEFINITION_KEYS, context.behaviour);
  if (definition.deleted) throw refuse.argument(`custom field ${definition.id} has been deleted`);
  const name = readOptional(data, 'name', isFilledText) ?? definition.name;
  const displayed = readOptional(data, 'displayed', isBoolean) ?? definition.displayed;
  const required = readOptional(data, 'required', isBoolean) ?? definition.required;
  const displayOrder = readOptional(data, 'display_order', isInteger) ?? definition.displayOrder;
  const edits = readOptionEdits(definition, data['picklist_options'], context);

  const updatedAt = context.timestamp();
  Object.assign(definition, { name, displayed, required, displayOrder, updatedAt });
  for (const edit of edits) edit(updatedAt);
}

const DEFINITION_KEYS = [
  'name',
  'displayed',
  'required',
  'display_order',
  'picklist_options',
] as const;
const OPTION_KEYS = ['id', 'option', '_deleted'] as const;

type OptionEdit = (timestamp: string) => void;

function readOptionEdits(
  definition: AccountDefinition,
  entries: unknown,
  context: Context,
): OptionEdit[] {
  if (entries === undefined) return [];
  if (!Array.isArray(entries)) throw refuse.argument('picklist_options is not a list');
  if (definition.fieldType !== 'picklist') {
    throw refuse.argument(`custom field ${definition.id} is not a picklist`);
  }
  const edits = entries.map((entry: unknown) => {
    if (!isObject(entry)) throw refuse.argument('an entry of picklist_options is not an object');
    refuseUnknownKeys(entry, OPTION_KEYS, context.behaviour);
    return Object.hasOwn(entry, 'id')
      ? readChange(definition, entry, context)
      : readAddition(definition, entry, context);
  });
  if (context.behaviour.unnamedOptions === 'stay') return edits;
  const named = new Set(entries.map((entry: unknown) => (isObject(entry) ? entry['id'] : null)));
  const unnamed = definition.options.filter(
    ({ id, deletedAt }) => deletedAt === null && !named.has(id),
  );
  return [...edits, (timestamp) => retire(unnamed, timestamp)];
}

function retire(options: readonly AccountOption[], timestamp: string): void {
  for (const option of options)
    Object.assign(option, { deletedAt: timestamp, updatedAt: timestamp });
}

function readAddition(
  definition: AccountDefinition,
  entry: Record<string, unknown>,
  { directory, behaviour }: Context,
): OptionEdit {
  const text = entry['option'];
  if (!isFilledText(text)) throw refuse.argument("option can't be blank");
  checkLength(text, behaviour);
  const twin = definition.options.find(
    ({ option, deletedAt }) => option === text && deletedAt === null,
  );
  if (twin !== undefined && !behaviour.takesEqualOptions) {
    throw refuse.argument('option has already been taken');
  }
  return (timestamp) => {
    definition.options.push({
      id: directory.newOptionId(),
      option: text,
      deletedAt: null,
      createdAt: timestamp,
      updatedAt: timestamp,
    });
  };
}

function readChange(
  definition: AccountDefinition,
  entry: Record<string, unknown>,
  { behaviour }: Context,
): OptionEdit {
  const id = entry['id'];
  const option = isInteger(id) ? optionOf(definition, id) : undefined;
  if (option === undefined) throw refuse.argument(`picklist option ${String(id)} does not exist`);
  const text = readOptional(entry, 'option', isFilledText) ?? option.option;
  if (text !== option.option) checkLength(text, behaviour);
  const isDeleted = readOptional(entry, '_deleted', isBoolean) ?? option.deletedAt !== null;
  const isRestored = !isDeleted && option.deletedAt !== null;
  if (isRestored && behaviour.restoresOptions === false) {
    throw refuse.argument(`picklist option ${option.id} has been deleted`);
  }
  const staysDeleted = isDeleted || (isRestored && behaviour.restoresOptions === 'ignored');
  return (timestamp) => {
    option.option = text;
    option.deletedAt = staysDeleted ? (option.deletedAt ?? timestamp) : null;
    option.updatedAt = timestamp;
  };
}

function checkLength(text: string, { optionTextLimit }: Behaviour): void {
  if (optionTextLimit !== null && text.length > optionTextLimit) {
    throw refuse.argument(`option is too long (maximum is ${optionTextLimit} characters)`);
  }
}

function readOptional<T>(
  data: Record<string, unknown>,
  key: string,
  fits: (value: unknown) => value is T,
): T | undefined {
  const value = data[key];
  if (value === undefined) return undefined;
  if (!fits(value)) throw refuse.argument(`${key} is invalid`);
  return value;
}

function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
