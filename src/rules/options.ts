import { z } from 'zod';
import { ruleNamed, type RuleName } from './index.ts';

/** An option of a rule, as its schema describes it. */
export interface RuleOption {
  readonly name: string;
  readonly description: string;
}

/** The options of a rule's `with` block, in the schema's order. */
export function optionsOf(rule: RuleName): RuleOption[] {
  const schema = z.toJSONSchema(ruleNamed(rule).options, { io: 'input', unrepresentable: 'any' });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    description: typeof property === 'object' ? (property.description ?? '') : '',
  }));
}
