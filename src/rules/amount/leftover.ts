import { type Reason, say } from '../reason.ts';

/** Why the words around a number, or instead of one, must not be dropped. In the order of what says most. */
const REASONS: readonly (readonly [RegExp, Reason])[] = [
  [
    /[~≈≃±]|\b(?:approx|approximately|aprx|appx|about|around|circa|ca|est|estimated?|roughly|nearly|almost|ish|or so)\b/u,
    say('inexact', 'it is approximate'),
  ],
  [
    /[<>≤≥+]|\b(?:over|under|above|below|more than|less than|up to|upto|at least|at most|min|minimum|max|maximum|from|starting|exceeding|in excess of|not to exceed|or more|or less|limit|cap|capped)\b/u,
    say('inexact', 'it is a bound, not an exact figure'),
  ],
  [
    /\?|\b(?:maybe|perhaps|possibly|probably|unsure|unclear|disputed|subject to|conditional)\b/u,
    say('inexact', 'it is uncertain'),
  ],
  [
    /%|\b(?:percent|per cent|pct|contingency|contingent)\b/u,
    say('inexact', 'it is a percentage or a share'),
  ],
  [
    /(?:^| )\/ ?\p{L}|\b(?:per|each|ea|hourly|daily|weekly|biweekly|monthly|quarterly|yearly|annual|annually|annum|hour|hr|day|week|month|year|hours|hrs|days|weeks|months|years|pa|p\.a|an hour|a month|a year|a day|a week)\b/u,
    say('inexact', 'it is a rate or a period, not one figure'),
  ],
  [/\b(?:cent|cents)\b|¢/u, say('notation', 'it counts cents')],
  [
    /\b(?:cr|dr|credit|debit)\b/u,
    say(
      'ambiguous',
      'it is marked as credit or debit: the rules file does not say which is negative',
    ),
  ],
  [
    /\b(?:including|incl|excluding|excl|plus|net|gross|tax|vat|gst|hst|fees?|costs?|interest)\b/u,
    say('notes', 'it says what is included or not'),
  ],
];

const ABSENT =
  /^(?:n\/?a|n\.a\.?|none|nil|null|nothing|no|not applicable|not available|not known|unknown|unk|tbd|tba|tbc|t\.b\.d\.?|pending|waived|to be (?:determined|decided|confirmed|agreed|announced)|see .*|confidential|sealed|undisclosed|pro bono|free|gratis|[-–—.?/*]+)$/u;

/** Says why the rest of a text counts. `rest` is what would be lost. */
export function sayLeftover(rest: string): Reason {
  const folded = rest.toLowerCase();
  const known = REASONS.find(([pattern]) => pattern.test(folded));
  if (known !== undefined) return known[1];
  if (/^[[(].*[\])]$/u.test(rest)) return say('notes', 'the note in brackets would be lost');
  return WORDS_LOST;
}

export const WORDS_LOST = say('notes', 'the words around the number would be lost');

/** Says why a text without a number is not an amount. */
export function sayNoNumber(text: string): Reason {
  return ABSENT.test(text.toLowerCase())
    ? say('nothing', 'it says that there is no number, or not yet')
    : say('impossible', 'there is no number in it');
}

/** Says what several numbers in one text are. `between` is what stands between the first two. */
export function saySeveral(text: string, count: number, between: string): Reason {
  if (looksLikeDate(text)) return LIKE_A_DATE;
  if (
    /^ ?(?:[-–—]|to|until|through|thru|bis|à|and) ?[^\p{L}\p{N}]{0,3}$/iu.test(between) &&
    count === 2
  )
    return say('inexact', 'it is a span or two numbers');
  if (/^ ?[:/] ?$/.test(between) && count === 2)
    return say('inexact', 'it is a ratio or a fraction');
  return say('several', `it holds ${count} numbers`);
}

export const LIKE_A_DATE = say('impossible', 'it looks like a date');

/** Whether a text is written as a day is. */
export function looksLikeDate(text: string): boolean {
  return DATE.test(text);
}

const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/u;
