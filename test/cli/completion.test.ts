import { describe, expect, test } from 'vitest';
import { complete, type Completions } from '../../src/cli/completion/complete.ts';
import { commandsOf, declaredProgram, wordsOf } from './program.ts';

const PROGRAM = declaredProgram();
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'plan-id': ['plan-2', 'plan-1'],
  'run-id': ['run-1'],
  'inventory-id': ['inventory-1'],
  id: ['plan-2', 'plan-1', 'run-1', 'inventory-1'],
  field: ['Court', 'Date of Loss', 'Date of Birth'],
  profile: ['smith'],
  region: ['us', 'eu'],
};

describe('what can stand where the cursor is', () => {
  test.each([
    ['in', ['inventory', 'init']],
    ['plan --dry', ['--dry-run']],
    ['plan --format ', ['text', 'json', 'csv', 'html']],
    ['plan --format=h', ['--format=html']],
    ['plan --format = h', ['html']],
    ['plan --format =', ['text', 'json', 'csv', 'html']],
    ['apply ', ['plan-2', 'plan-1']],
    ['--json apply plan-1', ['plan-1']],
    ['apply plan-1 ', []],
    ['rollback r', ['run-1']],
    ['show in', ['inventory-1']],
    ['clusters date', ['Date of Loss', 'Date of Birth']],
    ['clusters "Da', ['Date of Loss', 'Date of Birth']],
    ['clusters Court ', ['inventory-1']],
    ['inventory --field C', ['Court']],
    ['--region ', ['us', 'eu']],
    ['plan --profile s', ['smith']],
    ['help app', ['approve', 'apply']],
    ['review ', ['export', 'import', 'finish', 'undo', 'plan-2', 'plan-1']],
    ['review ex', ['export']],
    ['review export x.csv ', ['plan-2', 'plan-1']],
    ['review export --pre', ['--prefill']],
    ['review finish --rest ', ['accept', 'skip']],
    ['review plan-1 ', []],
    ['init --rules ', 'files'],
    ['show plan-1 --out x', 'files'],
    ['nonsense --f', []],
    ['review exp', ['export']],
    ['review plan-1 ', []],
  ])('%j', (line, expected) => {
    const found = ask(line.split(' '));
    expect(typeof found === 'string' ? found : found.map(({ value }) => value)).toEqual(expected);
  });

  test('a flag that stands there is not offered again, unless it gathers values', () => {
    const values = valuesOf(ask(['inventory', '--field', 'Court', '--json', '--']));
    expect(values).toContain('--field');
    expect(values).not.toContain('--json');
    expect(values).toContain('--journal');
  });

  test('every command of the program is offered, and none that is hidden', () => {
    const names = commandsOf(PROGRAM)
      .map(wordsOf)
      .flatMap(([name = '', ...below]) => (below.length === 0 ? [name] : []));
    expect(valuesOf(ask(['']))).toEqual([...names, 'help']);
    expect(names).not.toContain('complete');
  });

  test('every flag of every command is offered', () => {
    for (const command of commandsOf(PROGRAM)) {
      const offered = valuesOf(ask([...wordsOf(command), '--']));
      for (const { long } of command.options) expect(offered).toContain(long);
    }
  });
});

function ask(words: readonly string[]): Completions {
  return complete(PROGRAM, words, (placeholder) =>
    (KNOWN[placeholder] ?? []).map((value) => ({ value, description: '' })),
  );
}

function valuesOf(found: Completions): readonly string[] {
  return found === 'files' ? [] : found.map(({ value }) => value);
}
