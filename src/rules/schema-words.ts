import { z } from 'zod';
import { didYouMean } from '../nearest.ts';

/** What a schema objects to in a value, in the words of a rules file, which has lists and keys, not arrays and objects. */
export function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') return unionInWords(issue);
  return issue.message
    .replace(/^Invalid (?:input|option): /u, '')
    .replace(/\bexpected string\b/u, 'expected a text; a number, true or false stands in quotes')
    .replace(/\bexpected boolean\b/u, 'expected true or false')
    .replace(/\bexpected number\b/u, 'expected a number')
    .replace(/\bexpected array\b/u, 'expected a list')
    .replace(/\bexpected (?:object|record|map)\b/u, 'expected keys with values')
    .replace(/\bone of (".*")$/u, (_, choices: string) => `one of ${listed(choices)}`)
    .replace(/, received \w+$/u, '');
}

function unionInWords(issue: z.core.$ZodIssueInvalidUnion): string {
  const messages = issue.errors.flatMap((branch) => branch.map(inWords));
  return messages.length === 0 ? issue.message : [...new Set(messages)].join(', or ');
}

/** `"flag"|"add-option"` as `flag, add-option`. */
function listed(choices: string): string {
  return choices.slice(1, -1).split('"|"').join(', ');
}

/** What to say of a key that a schema does not know, with the one that was likely meant, or all that it knows. */
export function unknownKey(key: string, schema: z.ZodType): string {
  const known = keysOf(schema);
  const near = didYouMean(key, known);
  if (near !== '') return `unknown key "${key}".${near}`;
  const all = known.length === 0 ? 'it takes none' : `the keys here are ${known.join(', ')}`;
  return `unknown key "${key}"; ${all}`;
}

function keysOf(schema: z.ZodType): string[] {
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.keys(properties ?? {});
}
