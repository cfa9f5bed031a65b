import type { CommonFlags } from '../config.ts';

/** The flags that a command named its files and firm with, for the next one that it advises: without them that would work with others. */
export function settingFlags({ profile, journal, rules }: CommonFlags): string {
  return Object.entries({ profile, journal, rules })
    .flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${quoted(value)}`]))
    .join('');
}

/** As a shell takes it. */
function quoted(value: string): string {
  return /^[\w./\\:@%+,-]+$/u.test(value) ? value : `"${value}"`;
}
