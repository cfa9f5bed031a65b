import { z } from 'zod';
import { mendEnding } from './ending-slips.ts';
import { type Reason, say, sayAll } from './reason.ts';
import { findDamage } from './text/damage.ts';
import { clean, type Draft, sayCleaned } from './text/hygiene.ts';
import { changed, defineRule, flagged, UNCHANGED, type Verdict } from './types.ts';

/** One e-mail address: the domain in lower case, the part before the @ as it stands (RFC 5321, section 2.4: only its host may tell). */
export const email = defineRule({
  summary: 'one e-mail address, without what was copied along with it',
  reads: ['email', 'text_line', 'text_area'],
  writes: ['email', 'text_line', 'text_area'],
  options: z.strictObject({}),
  column: () => ({
    observe: () => undefined,
    evidence: () => [],
    decide,
  }),
});

/** RFC 5321, section 4.5.3.1 */
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;
const LONGEST_VALUE = 2000;

function decide(value: string): Verdict {
  if (value.length > LONGEST_VALUE)
    return flagged(say('tooLong', 'it is too long for an e-mail address'));
  const damage = findDamage(value);
  if (damage !== null) return flagged(damage.reason, addressesIn(damage.original ?? ''));
  const cleaned = clean(value);
  if (cleaned.text === '')
    return flagged(say('nothing', 'nothing is left once invisible characters are gone'));
  const bare = unwrap(cleaned.text);
  const complaint = /[\r\n]/u.test(value)
    ? say('spaces', 'it holds a line break: something may have stood beside it')
    : complainOf(bare);
  if (complaint !== null) return flagged(complaint, suggest(bare));
  const after = lowerDomain(closeGaps(bare));
  if (after === value) return UNCHANGED;
  return changed(after, explain(cleaned, bare, after));
}

function explain(cleaned: Draft, bare: string, after: string): Reason {
  const did = [
    cleaned.did.length > 0 && sayCleaned(cleaned),
    bare !== cleaned.text && UNWRAPPED,
    closeGaps(bare) !== bare && GAP_CLOSED,
    after !== closeGaps(bare) && LOWERED,
  ];
  return sayAll(did.filter((each) => each !== false));
}

const UNWRAPPED = say('notes', 'what stood around the address removed');
const GAP_CLOSED = say('spaces', 'a space inside the address removed');
const LOWERED = say(
  'notation',
  'the part after the @ in lower case; capitals make no difference there',
);

/** Without a label, `mailto:`, angle brackets or a closing comma: nothing that says more than "this is an address". */
function unwrap(text: string): string {
  let bare = text;
  for (let before = ''; before !== bare;) {
    before = bare;
    bare = bare
      .replace(/^(?:e-?mail(?: address)?|mail) ?: ?|^mailto: ?/i, '')
      .replace(/^<([^<>]*)>$/, '$1')
      .replace(/[,;:]+$/, '')
      .trim();
  }
  return bare;
}

/** A space after the @, or at the first dot after it, was never meant: the domain is not complete before it. */
function closeGaps(text: string): string {
  const at = text.indexOf('@');
  const domain = text.slice(at + 1);
  const closed = domain.replace(/^ /, '').replace(/^([^. ]+) ?\. ?(?=\S)/, '$1.');
  return text.slice(0, at + 1) + closed;
}

/** What of RFC 5322 people use, unquoted; letters of other alphabets are asked about. */
const LOCAL_PART = /^[A-Za-z\d!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z\d!#$%&'*+\-/=?^_`{|}~]+)*$/;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const TOP_LEVEL = /^(?:[\p{L}\p{M}]{2,63}|xn--[a-z\d-]{2,59})$/iu;

/** Why a text is not one plain address; null where it is one. */
function complainOf(text: string): Reason | null {
  const ats = text.split('@').length - 1;
  if (ats === 0) return say('impossible', 'it holds no @, so it is no e-mail address');
  if (ats > 1) {
    return addressesIn(text).length > 1
      ? say('several', 'it holds several addresses')
      : say('impossible', 'it holds more than one @');
  }
  if (/[<>()[\]"]/.test(text)) {
    return say(
      'notes',
      'it holds a name, a note or quotes beside the address, which would be lost',
    );
  }
  const closed = closeGaps(text);
  if (/\s/.test(closed))
    return say(
      'notes',
      'a space stands in it: a letter may be missing, or a note stands beside it',
    );
  const [local = '', domain = ''] = closed.split('@');
  return complainOfLocalPart(local) ?? complainOfDomain(domain) ?? complainOfLength(closed);
}

function complainOfLocalPart(local: string): Reason | null {
  if (local === '') return say('impossible', 'nothing stands before the @');
  if (local.length > LONGEST_LOCAL_PART)
    return say('tooLong', 'the part before the @ is too long (64 at most)');
  if (/^\.|\.\.|\.$/.test(local))
    return say('impossible', 'a dot stands at the edge of the part before the @, or twice');
  if (/\P{ASCII}/u.test(local)) {
    return say('impossible', 'the part before the @ holds letters that few mail systems accept');
  }
  return LOCAL_PART.test(local)
    ? null
    : say('impossible', 'the part before the @ holds a sign that no address has');
}

function complainOfDomain(domain: string): Reason | null {
  if (domain === '') return say('impossible', 'nothing stands after the @');
  if (domain.endsWith('.')) return say('impossible', 'it ends with a dot: the end may be missing');
  if (domain.startsWith('.') || domain.includes('..'))
    return say('impossible', 'two dots in a row, or one after the @');
  const labels = domain.split('.');
  if (labels.length < 2)
    return say('impossible', 'no dot in the part after the @: its end may be missing');
  if (labels.some((label) => !LABEL.test(label))) {
    return say('impossible', 'the part after the @ holds a sign that no domain has');
  }
  if (!TOP_LEVEL.test(labels.at(-1) ?? '')) return say('impossible', 'no domain ends like this');
  if (domain.normalize('NFKC') !== domain) {
    return say('damaged', 'the part after the @ holds letters that only look like others');
  }
  const meant = withoutSlip(domain);
  return meant === undefined ? null : say('impossible', `it may be a slip for ${meant}`);
}

function complainOfLength(address: string): Reason | null {
  return address.length > LONGEST_ADDRESS ? say('tooLong', 'it is too long (254 at most)') : null;
}

function lowerDomain(address: string): string {
  const at = address.indexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase().normalize('NFC');
}

/** Slips in the names of the large mail providers that are nobody's known mail domain. */
const TYPOS = new Map<string, string>([
  ['gmial.com', 'gmail.com'],
  ['gmai.com', 'gmail.com'],
  ['gamil.com', 'gmail.com'],
  ['gnail.com', 'gmail.com'],
  ['gmal.com', 'gmail.com'],
  ['gmaill.com', 'gmail.com'],
  ['gmail.co', 'gmail.com'],
  ['gmail.cm', 'gmail.com'],
  ['yaho.com', 'yahoo.com'],
  ['yahooo.com', 'yahoo.com'],
  ['yhaoo.com', 'yahoo.com'],
  ['hotmial.com', 'hotmail.com'],
  ['hotmal.com', 'hotmail.com'],
  ['hotmai.com', 'hotmail.com'],
  ['hotmil.com', 'hotmail.com'],
  ['outlok.com', 'outlook.com'],
  ['outloook.com', 'outlook.com'],
  ['iclod.com', 'icloud.com'],
  ['icoud.com', 'icloud.com'],
  ['comcast.com', 'comcast.net'],
]);

function withoutSlip(domain: string): string | undefined {
  const lower = domain.toLowerCase();
  return mendEnding(lower) ?? TYPOS.get(lower);
}

function suggest(text: string): string[] {
  const at = text.indexOf('@');
  const meant = withoutSlip(text.slice(at + 1));
  if (meant !== undefined) return [text.slice(0, at + 1) + meant];
  const repaired = text.replace(/\.{2,}/g, '.').replace(/\.$/, '');
  const isOneGap = text.split(' ').length === 2;
  return [
    ...new Set([
      ...addressesIn(closeGaps(text)),
      ...addressesIn(repaired),
      ...(isOneGap ? addressesIn(repaired.replace(' ', '')) : []),
    ]),
  ];
}

/** Every address that stands by itself in a text, as the rule would write it. */
function addressesIn(text: string): string[] {
  const words = text.split(/[\s<>()[\]",;:/|]+/);
  const found = words
    .map((word) => word.replace(/[.]+$/, ''))
    .filter((word) => word.split('@').length === 2 && complainOf(word) === null)
    .map(lowerDomain);
  return [...new Set(found)];
}
