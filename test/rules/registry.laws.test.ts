import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldType } from '../../src/model/field.ts';
import { RULE_NAMES, type RuleName } from '../../src/rules/index.ts';
import { answersDigest, fieldFor, freshColumn } from './registry-probe.ts';

/** Any string at all: words, numbers, dates, control characters, halves of characters, and a lot of one thing. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.stringMatching(/^[0-9 .,/$€()-]{0,24}$/u),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 40,
  }),
  fc
    .tuple(
      fc.constantFrom('1', ' ', ',', '(', 'a', '\u0301', '\ud800', '1,'),
      fc.integer({ min: 1, max: 100_000 }),
    )
    .map(([unit, count]) => unit.repeat(count).slice(0, 100_000)),
);

describe.each(RULE_NAMES)('the rule %s', (name) => {
  it('answers any string, says what is the matter, and leaves its own result unchanged', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 4 }), (value, others) => {
        const column = freshColumn(name, [value, ...others]);
        const verdict = column.decide(value);
        expect(verdict.mess.length === 0).toBe(verdict.outcome === 'unchanged');
        if (verdict.outcome !== 'changed') return;
        const again = freshColumn(name, [verdict.after, ...others]);
        // In the field that it was written into, a result is what the rule wants.
        expect(resultOf(name, again.decide(verdict.after), verdict.after)).toBe(verdict.after);
      }),
      { numRuns: 150 },
    );
  });

  it('writes only what its target takes', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const verdict = freshColumn(name, [value]).decide(value);
        if (verdict.outcome === 'changed')
          expect(verdict.after).toMatch(SHAPES[fieldFor(name).fieldType]);
      }),
      { numRuns: 150 },
    );
  });
});

it('every rule answers alike in other time zones and locales', () => {
  const here = answersDigest();
  for (const [zone, locale] of [
    ['Pacific/Apia', 'de_DE.UTF-8'],
    ['Asia/Kathmandu', 'tr_TR.UTF-8'],
  ]) {
    const probe = fileURLToPath(new URL('registry-probe.ts', import.meta.url));
    const child = spawnSync(process.execPath, ['--import', 'tsx', probe, 'print'], {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone, LANG: locale, LC_ALL: locale },
    });
    expect(child.stdout.trim(), child.stderr).toBe(here);
  }
});

function resultOf(
  name: RuleName,
  verdict: ReturnType<ReturnType<typeof freshColumn>['decide']>,
  value: string,
): string {
  switch (verdict.outcome) {
    case 'unchanged':
      return value;
    case 'changed':
      return verdict.after;
    case 'flagged':
    case 'newOption':
      return `${name}: ${verdict.outcome}`;
  }
}

const SHAPES: Readonly<Record<FieldType, RegExp>> = {
  checkbox: /^(?:true|false)$/u,
  contact: /^\d+$/u,
  currency: /^-?\d+(?:\.\d+)?$/u,
  date: /^\d{4}-\d{2}-\d{2}$/u,
  email: /^[^\s@]+@[^\s@]+$/u,
  matter: /^\d+$/u,
  numeric: /^-?\d+(?:\.\d+)?$/u,
  picklist: /^option \d+$/u,
  text_area: /^[\s\S]+$/u,
  text_line: /^[^\n\r]{1,255}$/u,
  time: /^\d{2}:\d{2}/u,
  url: /^https?:\/\/\S+$/u,
};
