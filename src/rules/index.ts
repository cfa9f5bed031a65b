import { checkbox } from './checkbox.ts';
import { currency } from './currency.ts';
import { date } from './date.ts';
import { email } from './email.ts';
import type { RuleName } from './names.ts';
import { numeric } from './numeric.ts';
import { phone } from './phone.ts';
import { picklist } from './picklist.ts';
import { skip } from './skip.ts';
import { text } from './text.ts';
import type { Rule } from './types.ts';
import { url } from './url.ts';

export { RULE_NAMES, type RuleName } from './names.ts';

/** Every rule, by the name that the rules file uses. */
export const rules = {
  text,
  picklist,
  currency,
  date,
  numeric,
  checkbox,
  email,
  url,
  phone,
  skip,
} as const satisfies Record<RuleName, Rule>;

/** The rule of that name, its options still unknown to the caller: whoever parsed them with its schema may pass them back. */
export function ruleNamed(name: RuleName): Rule {
  return rules[name];
}
