import { wrap } from '../../report/table.ts';
import type { Look } from '../../report/types.ts';

/** What the keys depend on. */
export interface Circumstances {
  /** Whether the card asks about more than one item. */
  readonly isGroup: boolean;
  /** How many suggestions a flag has; null for a change. */
  readonly suggestions: number | null;
  /** Whether the value may be taken away. */
  readonly canClear: boolean;
}

interface KeyMeaning {
  readonly key: string;
  /** In the line below a card. */
  readonly short: string;
  /** In the help. */
  readonly long: string;
}

/** The question below a card, and the keys that answer it. */
export function keysLine(
  circumstances: Circumstances,
  { columns }: Look,
): { readonly question: string; readonly keys: readonly string[] } {
  const meanings = meaningsOf(circumstances);
  // A key and its word stay on one line.
  const line = meanings.map(({ key, short }) => `${key}\u00A0${short}`).join('  ');
  return {
    question: `${wrap(line, columns - 3)
      .join('\n')
      .replaceAll('\u00A0', ' ')} > `,
    keys: [...new Set([...numbers(circumstances), ...meanings.map(({ key }) => key[0] ?? '')])],
  };
}

/** What every key does, a line each. */
export function keysHelp(circumstances: Circumstances): string {
  return meaningsOf(circumstances)
    .map(({ key, long }) => `  ${key.padEnd(4)}${long}\n`)
    .join('');
}

function numbers({ suggestions }: Circumstances): string[] {
  return Array.from({ length: Math.min(suggestions ?? 0, 9) }, (_, at) => String(at + 1));
}

function meaningsOf(circumstances: Circumstances): readonly KeyMeaning[] {
  const { isGroup, suggestions, canClear } = circumstances;
  const what = isGroup ? 'all of them' : 'it';
  const last = numbers(circumstances).at(-1);
  const choice = last === undefined || last === '1' ? '1' : `1-${last}`;
  return [
    ...(last === undefined
      ? []
      : [{ key: choice, short: 'choose', long: `write that suggestion into ${what}` }]),
    ...(suggestions === null || suggestions === 1
      ? [
          {
            key: 'y',
            short: 'accept',
            long:
              suggestions === null
                ? `accept ${what}: write what is proposed`
                : `accept ${what}: write the suggestion`,
          },
        ]
      : []),
    { key: 'n', short: 'skip', long: `skip ${what}: leave the value as it is in Clio` },
    { key: 'e', short: 'edit', long: `write another value into ${what}` },
    ...(canClear
      ? [
          {
            key: 'c',
            short: 'clear',
            long: `clear ${what}: take the value away, and leave the field empty`,
          },
        ]
      : []),
    { key: 'l', short: 'later', long: `leave ${what} for later` },
    { key: 'a', short: 'accept field', long: 'accept this and all that is open of this field' },
    { key: 'd', short: 'skip field', long: 'skip this and all that is open of this field' },
    ...(isGroup ? [{ key: 's', short: 'split', long: 'ask about each of them by itself' }] : []),
    { key: 'u', short: 'undo', long: 'take back the last decision, even of an earlier session' },
    { key: 'j', short: 'next', long: 'go to the next one without deciding (or the arrow down)' },
    { key: 'k', short: 'back', long: 'go back to the one before (or the arrow up)' },
    { key: '/', short: 'search', long: 'go to one whose record or values hold some words' },
    { key: '?', short: 'help', long: 'this help' },
    { key: 'q', short: 'quit', long: 'stop here; all that was decided is kept' },
  ];
}
