import type { ChangeStatus } from '../../model/run.ts';
import { visible } from '../visible.ts';
import { stylesheet } from './stylesheet.ts';

export function head(title: string, style: string = stylesheet): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
`;
}

export const FOOT = `</main><footer>Made by clio-fields. This page holds clients’ data: keep it where the file is kept.</footer>
</body>
</html>
`;

export function facts(pairs: readonly (readonly [string, string])[]): string {
  return `<dl>${pairs.map(([name, fact]) => `<div><dt>${escape(name)}</dt><dd>${escape(fact)}</dd></div>`).join('')}</dl>`;
}

export function tiles(counts: readonly (readonly [string, number, string])[]): string {
  const shown = counts.map(
    ([name, count, kind]) =>
      `<li class="${kind}"><strong>${number(count)}</strong> ${escape(name)}</li>`,
  );
  return `<ul class="tiles">${shown.join('')}</ul>\n`;
}

export function badge(status: ChangeStatus): string {
  const words = {
    applied: 'applied',
    alreadyThere: 'already there',
    conflict: 'conflict',
    rejected: 'rejected',
    noAccess: 'no access',
    pending: 'pending',
  } as const;
  return `<span class="badge ${status}">${words[status]}</span>`;
}

/** A value as page text, with what cannot be seen made visible. */
export function text(value: string): string {
  return breakable(visible(value));
}

/** What was made visible already. Lines may break behind the sign of a space that no line breaks at: what is beside it are words. */
export function breakable(value: string): string {
  return escape(value).replaceAll('⍽', '⍽<wbr>');
}

/** What the signs mean that stand for what cannot be seen. */
export const SIGNS =
  '<p class="legend">Signs in values: <b>·</b> a space that is easily overlooked, <b>⍽</b> a no-break space, <b>⏎</b> a new line, <b>⇥</b> a tab, <b>\\u{200b}</b> and the like another character that cannot be seen, by its number.</p>\n';

export function escape(value: string): string {
  if (!/[&<>"']/.test(value)) return value;
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export function number(count: number): string {
  return count.toLocaleString('en-US');
}
