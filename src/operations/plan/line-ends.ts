import type { Planned } from '../../model/change.ts';

/**
 * What is planned, with the line ends of what the field holds: they come from the platform, and from a browser, a
 * spreadsheet or another field come others that nobody sees. The same text but for them is what is held.
 */
export function withLineEndsOf(held: Planned, planned: Planned): Planned {
  if (planned.state !== 'value' || held.state !== 'value') return planned;
  const plain = plainLineEnds(planned.content);
  if (plain === plainLineEnds(held.content)) return held;
  if (!held.content.includes('\n')) return planned;
  const content = held.content.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
  return { state: 'value', content };
}

function plainLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/gu, '\n');
}
