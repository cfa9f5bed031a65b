import type { AccountDefinition, AccountRecord } from './account.ts';
import { isDate, PLAIN_DECIMAL, TIME } from './check-value.ts';
import type { Directory, Kind } from './directory.ts';
import { refuse } from './exchange.ts';

/**
 * Reads `custom_field_values[<definition id>]=<operator><value>`: every condition must hold.
 * Null where there is none; 400 for what does not fit the definition's type.
 */
export function readValueFilter(
  query: URLSearchParams,
  kind: Kind,
  directory: Directory,
): ((record: AccountRecord) => boolean) | null {
  const filters = [...query]
    .filter(([name]) => name === PARAMETER || name.startsWith(`${PARAMETER}[`))
    .map(([name, text]) => readFilter(name, text, kind, directory));
  if (filters.length === 0) return null;
  return (record) => {
    // What is hidden would be told by whether it is listed.
    if (record.access === 'redacted' || record.access === 'stripped') return false;
    return filters.every(({ definition, conditions }) => {
      const held = record.rows.find(({ definitionId }) => definitionId === definition.id)?.value;
      if (held === undefined || held === null) return false;
      const comparable = comparableOf(definition, String(held));
      return conditions.every(({ operator, operand }) => HOLDS[operator](comparable, operand));
    });
  };
}

const PARAMETER = 'custom_field_values';

interface Filter {
  readonly definition: AccountDefinition;
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly operator: keyof typeof HOLDS;
  readonly operand: Comparable;
}

/** Two of one definition are both numbers, or both texts whose order by code unit is their own. */
type Comparable = string | number;

const HOLDS = {
  '=': (held: Comparable, operand: Comparable) => held === operand,
  '<': (held: Comparable, operand: Comparable) => held < operand,
  '>': (held: Comparable, operand: Comparable) => held > operand,
  '<=': (held: Comparable, operand: Comparable) => held <= operand,
  '>=': (held: Comparable, operand: Comparable) => held >= operand,
} as const;

function readFilter(name: string, text: string, kind: Kind, directory: Directory): Filter {
  const id = /^custom_field_values\[(?<id>\d{1,15})\]$/.exec(name)?.groups?.['id'];
  const definition = id === undefined ? undefined : directory.definition(Number(id));
  if (definition === undefined || definition.parentType !== kind) {
    throw refuse.argument(`${name} is not a custom field of a ${kind}`, 400);
  }
  return {
    definition,
    conditions: splitConditions(text, definition).map((each) => readCondition(each, definition)),
  };
}

/** `[<=50, >=45]` is two conditions; a text may hold commas and brackets of its own, so that only what has an order takes several. */
function splitConditions(text: string, definition: AccountDefinition): string[] {
  const inner = /^\[(?<inner>.*)\]$/s.exec(text)?.groups?.['inner'];
  return inner !== undefined && isOrdered(definition) ? inner.split(/, ?/) : [text];
}

function readCondition(text: string, definition: AccountDefinition): Condition {
  const match = /^(?<operator>[<>]=?|=)(?<operand>.+)$/s.exec(text);
  const { operator = '', operand = '' } = match?.groups ?? {};
  if (!isOperator(operator) || (operator !== '=' && !isOrdered(definition))) {
    throw refuse.argument(
      `the operator is not supported for ${definition.fieldType} custom field ${definition.id}`,
      400,
    );
  }
  if (!fits(definition, operand)) {
    throw refuse.argument(
      `the operand does not fit ${definition.fieldType} custom field ${definition.id}`,
      400,
    );
  }
  return { operator, operand: comparableOf(definition, operand) };
}

function isOperator(text: string): text is keyof typeof HOLDS {
  return Object.hasOwn(HOLDS, text);
}

function isOrdered({ fieldType }: AccountDefinition): boolean {
  return ['currency', 'date', 'numeric', 'time'].includes(fieldType);
}

function fits({ fieldType }: AccountDefinition, operand: string): boolean {
  switch (fieldType) {
    case 'currency':
    case 'numeric':
      return PLAIN_DECIMAL.test(operand);
    case 'date':
      return isDate(operand);
    case 'time':
      return TIME.test(operand);
    case 'checkbox':
      return operand === 'true' || operand === 'false';
    case 'contact':
    case 'matter':
    case 'picklist':
      return /^\d{1,15}$/.test(operand);
    case 'email':
    case 'text_area':
    case 'text_line':
    case 'url':
      return true;
    default:
      return fieldType satisfies never;
  }
}

function comparableOf({ fieldType }: AccountDefinition, text: string): Comparable {
  if (fieldType === 'time') return text.padEnd('00:00:00'.length, ':00');
  const isNumber = ['currency', 'numeric', 'contact', 'matter', 'picklist'].includes(fieldType);
  return isNumber ? Number(text) : text;
}
