import type { MessKind } from '../../model/summary.ts';
import type { Verdict } from '../../rules/types.ts';

/** What a rule's verdict says is the matter with a value; empty for one that it leaves as it is. */
export function messOf(verdict: Verdict): readonly MessKind[] {
  if (verdict.outcome === 'unchanged') return [];
  // Text, e-mail and web rules join what they did with semicolons; each part is a matter of its own.
  const kinds = verdict.reason.split('; ').flatMap((part) => kindsOf(part) ?? []);
  return kinds.length === 0
    ? [verdict.outcome === 'flagged' ? 'unclear' : 'notation']
    : [...new Set(kinds)];
}

/** How rules say it, in the order in which the more exact comes first. */
const SAID: readonly (readonly [pattern: RegExp, kinds: readonly MessKind[]])[] = [
  [/^spaces and invisible characters removed$/u, ['spaces']],
  [/spaces and line breaks tidied|line breaks, and the field|a space inside/u, ['spaces']],
  [/invisible characters removed|control character|hidden marks/u, ['invisible']],
  [/accents joined/u, ['invisible']],
  [/encoding|damage|codes of web|replacement sign|as where a letter/u, ['damaged']],
  [/only look like others|put in by a text program/u, ['damaged']],
  [/spreadsheet|Excel|scientific notation|starts with zeros/u, ['spreadsheet']],
  [/is retired|no longer has/u, ['retired']],
  [/is too long|much longer|more than \d+ digits/u, ['tooLong']],
  [/more than one way|century is open|may group thousands|can tell$/u, ['ambiguous']],
  [/year first, or as|cannot be told|may be a magnitude|[Pp]erhaps/u, ['ambiguous']],
  [/may be anything|may be a number|may be two words/u, ['ambiguous']],
  [/partial|relative|uncertain|approximate|a bound|a span|ratio|share/iu, ['inexact']],
  [/a rate or|no exact|place in an order|a number, not a date/u, ['inexact']],
  [/no date, or none|missing date|no number, or not|no answer, or not/u, ['nothing']],
  [/nothing is (?:left|known)|nothing in it|is no number in it/u, ['nothing']],
  [/several|more than one|holds \d+ numbers|names \d+ options|may hold/u, ['several']],
  [/would be lost|beside the|says more than|stood around|what is included/u, ['notes']],
  [/label .* left out|a note stands/u, ['notes']],
  [/the option ["“]|no option fits|but not the same/u, ['spellings']],
  [/no such|numbering plan|too short|missing|earliest|latest/u, ['impossible']],
  [/no @|no dot|no domain|slip for|no (?:complete )?web address/u, ['impossible']],
  [/no host|does not look|may be missing|end may be|two dots|stands at the edge/u, ['impossible']],
  [/looks like a date|names a currency|do not form/u, ['impossible']],
  [/not complete|no scheme|no browser|holds a sign|runs a program/u, ['impossible']],
];

function kindsOf(reason: string): readonly MessKind[] | undefined {
  return SAID.find(([pattern]) => pattern.test(reason))?.[1];
}
