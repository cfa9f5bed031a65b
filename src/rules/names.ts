/** Every rule that there is, as the rules file names it. */
export const RULE_NAMES = [
  'text',
  'picklist',
  'currency',
  'date',
  'numeric',
  'checkbox',
  'email',
  'url',
  'phone',
  'skip',
] as const;

export type RuleName = (typeof RULE_NAMES)[number];
