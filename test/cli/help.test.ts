import { expect, test } from 'vitest';
import { manPage } from '../../src/cli/man/page.ts';
import { commandsOf, declaredProgram, wordsOf } from './program.ts';

const COMMANDS = commandsOf(declaredProgram()).map((command) => wordsOf(command).join(' '));

test('the help of the program fits 80 columns and names every command', () => {
  const text = helpOf(null);
  expectToFit(text);
  for (const name of COMMANDS.filter((each) => !each.includes(' ')))
    expect(text).toMatch(new RegExp(`^  ${name} `, 'mu'));
  expect(text).not.toContain('complete ');
});

test.each(COMMANDS)('the help of %s fits 80 columns and shows examples', (name) => {
  const text = helpOf(name);
  expectToFit(text);
  expect(text).toMatch(new RegExp(`Examples:\n  clio-fields ${name}`, 'u'));
  expect(text).not.toMatch(/default: (?:false|\[\]|"")/u);
});

test('help fits a narrow terminal', () => {
  let text = '';
  for (const command of commandsOf(declaredProgram((piece) => (text += piece), 50)))
    if (['apply', 'report'].includes(command.name())) command.outputHelp();
  expect(text).toContain('--stop-after-problems <n>');
  // Examples are to be copied, and stand as they are.
  for (const line of text.split('\n').filter((each) => !each.includes('clio-fields')))
    expect(Array.from(line).length, line).toBeLessThanOrEqual(50);
});

test('the manual page names every command and every flag, and no line is taken for a request', () => {
  const program = declaredProgram();
  const roff = manPage(program);
  for (const command of commandsOf(program)) {
    expect(roff).toContain(`.SS \\fB${wordsOf(command).join(' ').replaceAll('-', '\\-')}\\fP`);
    for (const { long } of command.options)
      expect(roff).toContain(`\\fB${long?.replaceAll('-', '\\-')}\\fP`);
  }
  expect(roff).toContain('.SS \\fBreview export\\fP');
  expect(roff).toContain('\\fB\\-\\-prefill\\fP');
  for (const line of roff.split('\n'))
    expect(line).toMatch(/^(?!['.])|^\.(?:TH|SH|SS|PP|TP|RS|RE|nf|fi|nh|ad|br)\b/u);
});

test('the manual page leaves lines to be copied as they stand', () => {
  const roff = manPage(declaredProgram());
  expect(roff).toMatch(/^\.nf\nbash {8}echo .*\nzsh {9}echo .*\n.*\n.*\nPowerShell {2}.*\n\.fi$/mu);
  expect(roff).toContain('.nf\ntouch .clio\\-fields/journal.sqlite.pause\n.fi');
});

function helpOf(name: string | null): string {
  let text = '';
  const program = declaredProgram((piece) => (text += piece));
  const command = commandsOf(program).find((each) => wordsOf(each).join(' ') === name);
  (command ?? program).outputHelp();
  return text;
}

function expectToFit(text: string): void {
  for (const line of text.split('\n'))
    expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
}
