import { Chalk } from 'chalk';
import {
  type Command,
  Help,
  type HelpConfiguration,
  type Option,
  type OutputConfiguration,
} from 'commander';
import { wrap } from '../report/table.ts';
import { canDraw } from './can-draw.ts';
import type { Surroundings } from './context.ts';

/** Help is read at 80 columns; a wider terminal gives it some more room, and a narrow one its own. */
const NARROWEST = 40;
const USUAL = 80;
const WIDEST = 100;

/** How help looks: it fits the terminal, says no default that says nothing, and lists commands by their names alone. */
export function helpLook({ stdout, environment }: Surroundings): HelpConfiguration {
  const paint = new Chalk({ level: hasColor(stdout, environment) ? 1 : 0 });
  return {
    helpWidth: helpWidth(stdout),
    minWidthToWrap: LEAST_ROOM,
    formatItem: (term, termWidth, description, helper) =>
      helpWidth(stdout) - termWidth - MARGINS < LEAST_ROOM
        ? above(term, description, helpWidth(stdout))
        : Help.prototype.formatItem.call(helper, term, termWidth, description, helper),
    showGlobalOptions: true,
    // What a command takes stands in its own help.
    subcommandTerm: (command) => command.name(),
    optionDescription: describeOption,
    visibleGlobalOptions: (command) => (command.parent === null ? [] : globalOptionsOf(command)),
    styleTitle: (title) => paint.bold(title === 'Global Options:' ? 'For every command:' : title),
    styleOptionText: (text) => paint.cyan(text),
    styleSubcommandText: (text) => paint.cyan(text),
    styleArgumentText: (text) => paint.cyan(text),
  };
}

/** Around a flag and what it is for, as commander sets them. */
const MARGINS = 4;
/** With less room beside the flags, what they are for stands below them. */
const LEAST_ROOM = 20;

function above(term: string, description: string, width: number): string {
  return [`  ${term}`, ...wrap(description, width - 6).map((line) => `      ${line}`)].join('\n');
}

/** Where help goes. An error is told once, by whoever catches it. */
export function helpOutput(
  { stdout, environment }: Surroundings,
  say: (text: string) => void,
): OutputConfiguration {
  return {
    writeOut: (text) => say(fitProse(text, helpWidth(stdout))),
    writeErr: () => undefined,
    getOutHelpWidth: () => helpWidth(stdout),
    getOutHasColors: () => hasColor(stdout, environment),
  };
}

/** What an option is for, what it can be, and what it is unless told otherwise. */
export function describeOption({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription = String(defaultValue),
}: Option): string {
  const hasDefault =
    defaultValue !== undefined &&
    typeof defaultValue !== 'boolean' &&
    !(Array.isArray(defaultValue) && defaultValue.length === 0);
  const details = [
    ...(argChoices === undefined ? [] : [argChoices.join(', ')]),
    ...(hasDefault ? [`default: ${defaultValueDescription}`] : []),
  ];
  return details.length === 0 ? description : `${description} (${details.join('; ')})`;
}

function globalOptionsOf({ parent }: Command): Option[] {
  let root = parent;
  while (root?.parent != null) root = root.parent;
  return (root?.options ?? []).filter(({ long, hidden }) => !hidden && long !== '--version');
}

function helpWidth(stdout: NodeJS.WriteStream): number {
  return stdout.isTTY ? Math.min(Math.max(stdout.columns, NARROWEST), WIDEST) : USUAL;
}

function hasColor(stdout: NodeJS.WriteStream, environment: Surroundings['environment']): boolean {
  return !environment['NO_COLOR'] && canDraw(stdout, environment);
}

/** What commands say below their flags is prose: lines too long are wrapped; indented ones are to be copied, and stay. */
function fitProse(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') || line.length <= width ? [line] : wrap(line, width)))
    .join('\n');
}
