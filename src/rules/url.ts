import { z } from 'zod';
import { mendEnding } from './ending-slips.ts';
import { type Reason, say, sayAll } from './reason.ts';
import { findDamage } from './text/damage.ts';
import { clean, type Draft, sayCleaned } from './text/hygiene.ts';
import { changed, defineRule, flagged, UNCHANGED, type Verdict } from './types.ts';
import { isKnownEnding, isWord } from './url/endings.ts';
import { normalizePath } from './url/path.ts';

const options = z.strictObject({
  scheme: z
    .enum(['https', 'http'])
    .default('https')
    .describe('what is put before an address that has none (www.example.com)'),
});

type Options = z.infer<typeof options>;

/** One web address: with a scheme, scheme and host in lower case; path, query and fragment as they stand. */
export const url = defineRule<Options>({
  summary: 'one web address, with its scheme and a host in lower case',
  reads: ['url', 'text_line', 'text_area'],
  writes: ['url', 'text_line', 'text_area'],
  options,
  column: ({ scheme }, { target }) => ({
    observe: () => undefined,
    evidence: () => [],
    decide: (value) => decide(value, scheme, target.fieldType === 'text_line' ? 255 : LONGEST),
  }),
});

/** Longer ones do not work in every browser and server. */
const LONGEST = 2000;

function decide(value: string, scheme: Options['scheme'], longest: number): Verdict {
  if (value.length > LONGEST) return flagged(say('tooLong', 'it is too long for a web address'));
  const damage = /%/.test(value) ? null : findDamage(value);
  if (damage !== null && !value.includes('&') && !value.includes('=')) {
    return flagged(damage.reason, damage.original === null ? [] : [damage.original]);
  }
  const cleaned = clean(value);
  if (cleaned.text === '')
    return flagged(say('nothing', 'nothing is left once invisible characters are gone'));
  const bare = closeGaps(unwrap(cleaned.text));
  const read = readAddress(bare, scheme);
  if ('words' in read) return flagged(read, suggest(bare, scheme));
  const after = write(read);
  if (after.length > longest) {
    return flagged(
      say('tooLong', `it is too long: ${after.length} characters, the field holds ${longest}`),
    );
  }
  return after === value ? UNCHANGED : changed(after, explain({ cleaned, bare, read, after }));
}

interface Address {
  readonly scheme: string;
  readonly host: string;
  /** With its colon; empty where none is written. */
  readonly port: string;
  /** Path, query and fragment. */
  readonly rest: string;
  readonly hadScheme: boolean;
}

function write({ scheme, host, port, rest }: Address): string {
  return `${scheme}://${host}${port}${rest}`;
}

interface Story {
  readonly cleaned: Draft;
  readonly bare: string;
  readonly read: Address;
  readonly after: string;
}

function explain({ cleaned, bare, read, after }: Story): Reason {
  const written = `${read.hadScheme ? '' : `${read.scheme}://`}${bare}`;
  const did = [
    cleaned.did.length > 0 && sayCleaned(cleaned),
    bare !== cleaned.text && UNWRAPPED,
    !read.hadScheme && say('notation', `${read.scheme}:// added`),
    after.toLowerCase() !== written.toLowerCase() && RESOLVED,
    after.toLowerCase() === written.toLowerCase() && after !== written && LOWERED,
  ];
  return sayAll(did.filter((each) => each !== false));
}

const UNWRAPPED = say('notes', 'what stood around or between the parts of the address removed');
const RESOLVED = say('notation', 'steps such as /../ and the standard port resolved');
const LOWERED = say('notation', 'the host in lower case; capitals make no difference there');

/** Without a label, angle brackets or a closing comma: nothing that says more than "this is an address". */
function unwrap(text: string): string {
  let bare = text;
  for (let before = ''; before !== bare;) {
    before = bare;
    bare = bare
      .replace(
        /^(?:official )?(?:web ?site|web ?page|web ?address|home ?page|web|url)(?: address)? ?: ?/i,
        '',
      )
      .replace(/^<([^<>]*)>$|^\(([^()]*)\)$/, '$1$2')
      .replace(/(?<=[\p{L}\p{N}/])[,;]+$/u, '')
      .trim();
  }
  return bare;
}

/** A space right after the scheme or "www.", or at the first dot of the host: the address cannot end before it. */
function closeGaps(text: string): string {
  const [, start = '', host = ''] = /^(https?:\/\/ ?(?:www\. ?)?|www\. ?)(.*)$/i.exec(text) ?? [];
  if (start === '') return text;
  return (
    start.replaceAll(' ', '') + host.replace(/^([\p{L}\p{N}-]+) ?\. ?(?=[\p{L}\p{N}])/u, '$1.')
  );
}

const PARTS = /^([A-Za-z][A-Za-z\d+.-]*):\/\/([^/?#]*)(.*)$/s;

/** The one address that a text is, or why it is not one. */
function readAddress(text: string, scheme: Options['scheme']): Address | Reason {
  const complaint = complainOf(text);
  if (complaint !== null) return complaint;
  const hadScheme = /^[A-Za-z][A-Za-z\d+.-]*:\/\//.test(text);
  const [, written = '', authority = '', rest = ''] =
    PARTS.exec(hadScheme ? text : `${scheme}://${text}`) ?? [];
  if (authority.includes('@'))
    return say(
      'impossible',
      'it holds a name or a password before an @, which does not belong in a record',
    );
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(:\d*)?$/.exec(authority) ?? [];
  const lower = host.toLowerCase();
  const hostComplaint = complainOfHost(lower, port, hadScheme, rest === '');
  if (hostComplaint !== null) return hostComplaint;
  const address = {
    scheme: written.toLowerCase(),
    host: lower,
    port: isStandard(written.toLowerCase(), port, lower) ? '' : port,
    rest: normalizePath(rest),
    hadScheme,
  };
  return URL.canParse(write(address))
    ? address
    : say('impossible', 'no browser can read it as an address');
}

/** What forbids reading it as one web address, whatever its host. */
function complainOf(text: string): Reason | null {
  const scheme = /^([A-Za-z][A-Za-z\d+.-]*):/.exec(text)?.[1]?.toLowerCase();
  if (/^(?:javascript|vbscript|data|file|blob|about)$/.test(scheme ?? '')) {
    return say('impossible', `"${scheme}:" runs a program or opens a file, it is no web address`);
  }
  if (/^(?:mailto|tel)$/.test(scheme ?? ''))
    return say('impossible', `"${scheme}:" is no web address`);
  if (/\s/.test(text)) {
    return addressesIn(text).length > 1
      ? say('several', 'it holds several addresses')
      : say(
          'notes',
          'a space stands in it: a note stands beside the address, or a letter is missing',
        );
  }
  if (/[<>"\\^`{|}]/.test(text))
    return say('impossible', 'it holds a sign that no web address has');
  if (/[^\p{ASCII}\p{L}\p{M}\p{N}]/u.test(text)) {
    return say(
      'damaged',
      'it holds a dash, a quote or a symbol that was likely put in by a text program',
    );
  }
  if (/^[/.]/.test(text) || (!/\./.test(text) && !text.includes('[')))
    return say('impossible', 'it is no complete web address');
  if (/^[^(]*\)/.test(text)) return say('impossible', 'it holds a bracket that nothing opens');
  if (/[.?]$/.test(text))
    return say(
      'impossible',
      'it ends with a dot or a question mark: part of a sentence, or the end is missing',
    );
  if (TWICE.test(text)) return say('impossible', 'it begins twice with http:// or https://');
  const isKnown = scheme === undefined || /^(?:https?|ftp)$/.test(scheme);
  if (/^[A-Za-z][A-Za-z\d+.-]*:\/\//.test(text)) {
    return isKnown ? null : say('impossible', `"${scheme}:" is no scheme of the web`);
  }
  if (/^(?:https?|ftp)[:;/]/i.test(text))
    return say('impossible', 'its beginning is not complete: http:// or https://');
  return null;
}

/** All but the last of several beginnings. */
const TWICE = /^(?:https?:\/\/)+(?=https?:\/\/)/i;

function complainOfHost(
  host: string,
  port: string,
  hadScheme: boolean,
  isBare: boolean,
): Reason | null {
  if (host === '') return say('impossible', 'it names no host');
  if (port === ':') return say('impossible', 'a colon stands after the host without a port');
  if (host.startsWith('[')) return null;
  if (/^\d+(?:\.\d+){3}$/.test(host))
    return hadScheme ? null : say('ambiguous', 'four numbers may be anything');
  const labels = host.split('.');
  if (labels.length < 2)
    return say('impossible', 'its host has no dot: it works in one office network at most');
  if (
    labels.some(
      (label) => !/^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}_])?$/u.test(label),
    )
  ) {
    return say('impossible', 'its host holds a sign that no host has, or two dots in a row');
  }
  const ending = labels.at(-1) ?? '';
  if (/^\d/u.test(ending)) return say('impossible', 'its host ends in a digit, as no name does');
  if (/^.$/u.test(ending)) return say('impossible', 'no host ends in a single letter');
  const meant = mendEnding(host);
  if (meant !== undefined) return say('impossible', `it may be a slip for ${meant}`);
  if (labels.some(mixesAlphabets))
    return say('damaged', 'its host mixes letters of several alphabets that only look alike');
  if (hadScheme) return null;
  if (host.startsWith('www.') && labels.length > 2) return null;
  if (!isKnownEnding(labels.at(-1) ?? ''))
    return say('impossible', 'it does not look like a web address');
  if (labels.slice(0, -1).every((label) => /^\d+$/.test(label))) {
    return say('ambiguous', 'it may be a number and not an address');
  }
  return labels.length === 2 && isBare && isWord(labels.at(-1) ?? '')
    ? say('ambiguous', 'it may be two words parted by a dot')
    : null;
}

/** Latin beside Cyrillic or Greek in one name: written by nobody but those who deceive. */
function mixesAlphabets(label: string): boolean {
  return /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label);
}

/** The port that a scheme has anyway; an address by numbers stays as it stands. */
function isStandard(scheme: string, port: string, host: string): boolean {
  if (host.startsWith('[') || /^[\d.]+$/.test(host)) return false;
  return port === { http: ':80', https: ':443', ftp: ':21' }[scheme];
}

/** What a person may have meant: each address that stands by itself, or the value without its spaces. */
function suggest(text: string, scheme: Options['scheme']): string[] {
  const repaired = [
    text.replace(/\s/g, ''),
    text.replace(TWICE, ''),
    text.replace(/^h+t+p(s?):?\/{1,2}(?!\/)/i, 'http$1://'),
    text.replace(/^(https?):(?!\/)/i, '$1://'),
    text.replace(/[.?]+$/, ''),
    text.replace(HOST, (host) => mendEnding(host.toLowerCase()) ?? host),
    text.replace(/^\/\//, `${scheme}://`),
    `${scheme}://${text}`,
  ];
  const found = addressesIn(text);
  if (found.length > 0) return found.map((each) => asWritten(each, scheme));
  const first = repaired.find((each) => each !== text && !('words' in readAddress(each, scheme)));
  return first === undefined ? [] : [asWritten(first, scheme)];
}

/** Where a host stands, with a scheme or without. */
const HOST = /(?<=^(?:https?:\/\/)?)[^/?#:]+\.[^/?#:]+/i;

function asWritten(text: string, scheme: Options['scheme']): string {
  const read = readAddress(text, scheme);
  return 'words' in read ? text : write(read);
}

function addressesIn(text: string): string[] {
  const words = text.split(/[\s()<>",;|]+/).filter((word) => word.includes('.'));
  if (words.length < 1 || !/\s/.test(text)) return [];
  return [...new Set(words.filter((word) => !('words' in readAddress(word, 'https'))))];
}
