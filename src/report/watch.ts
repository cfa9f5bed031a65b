import { minuteOf } from '../minute-of.ts';
import type { Look as Found } from '../model/watch.ts';
import { changeAsJson } from './change-json.ts';
import { Page } from './text/page.ts';
import type { Look } from './types.ts';
import { visible } from './visible.ts';

/** One look, for scripts. */
export function lookAsJson({ changes, ...found }: Found): object {
  return { ...found, changes: changes.map((change) => changeAsJson(change)) };
}

/** A line for each finding: when, which record and field, what would become of it and why. */
export function* lookAsText({ lookedAt, changes, flags }: Found, look: Look): Iterable<string> {
  const { dim, green, yellow } = new Page(look).paint;
  const at = dim(minuteOf(lookedAt));
  for (const { recordLabel, edits, reason } of changes) {
    const [{ fieldName, beforeText, afterText }] = edits;
    yield `${at} ${green('change')} ${visible(recordLabel)}, ${visible(fieldName)}: ${textOf(beforeText)} -> ${textOf(afterText)} ${dim(`(${visible(reason)})`)}\n`;
  }
  for (const { recordLabel, fieldName, value, reason } of flags)
    yield `${at} ${yellow('flag')}   ${visible(recordLabel)}, ${visible(fieldName)}: ${visible(value)} ${dim(`(${visible(reason)})`)}\n`;
}

function textOf(text: string | null): string {
  return text === null ? '(empty)' : visible(text);
}
