import { csvReporter } from './csv.ts';
import { htmlReporter } from './html/index.ts';
import { jsonReporter } from './json.ts';
import { textReporter } from './text/index.ts';
import type { Look, Reporter } from './types.ts';

const reporters = {
  text: textReporter,
  json: () => jsonReporter,
  csv: () => csvReporter,
  html: () => htmlReporter,
} as const satisfies Record<string, (look: Look) => Reporter>;

export type Format = keyof typeof reporters;

/** The reporter for a format; `look` matters to text only. */
export function reporterFor(format: Format, look: Look): Reporter {
  return reporters[format](look);
}
