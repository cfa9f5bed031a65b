import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { parseRulesFile } from '../../src/rules/file.ts';

function refusalOf(text: string): string {
  try {
    parseRulesFile(text, 'rules.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

test.each(['map: { __proto__: Open }', 'map: { "__proto__": Open, Opn: Open }'])(
  'a key that would silently be left out is a mistake with its place: %s',
  (options) => {
    const text = `version: 1\nfields:\n  - { match: Stage, rule: picklist, with: { ${options} } }\n`;
    expect(refusalOf(text)).toBe('rules.yaml:3:52: __proto__ cannot be a key');
  },
);

test('one slip that makes a thousand mistakes is told in a few lines', () => {
  const lines = refusalOf('['.repeat(500)).split('\n');
  expect(lines.length).toBeLessThanOrEqual(21);
  expect(new Set(lines).size).toBe(lines.length);
  const unknown = Array.from({ length: 50 }, (_, index) => `key${index}: 1`).join('\n');
  expect(refusalOf(`version: 1\nfields: []\n${unknown}\n`)).toMatch(/\nand 30 more$/u);
});
