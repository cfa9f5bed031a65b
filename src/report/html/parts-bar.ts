import { escape, number } from './page.ts';

/** Counts as parts of one line, each with the class that paints it; what is 0 is left out. */
export function partsBar(parts: readonly (readonly [kind: string, count: number])[]): string {
  const shown = parts.filter(([, count]) => count > 0);
  const label = shown.map(([kind, count]) => `${number(count)} ${kind}`).join(', ');
  const pieces = shown.map(([kind, count]) => `<i class="${kind}" style="flex-grow:${count}"></i>`);
  return `<div class="bar" role="img" aria-label="${escape(label)}">${pieces.join('')}</div>`;
}
