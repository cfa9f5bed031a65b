import { readFileSync } from 'node:fs';

/** This program's version, from its package.json: `src/` and `dist/` both lie one folder below it. */
export function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
