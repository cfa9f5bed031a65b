import { MESS_KINDS, type Messes, type MessKind } from '../model/mess.ts';

/** Why a rule does not leave a value as it is: for people in words, for whoever counts as kinds of mess. */
export interface Reason {
  readonly words: string;
  readonly mess: Messes;
}

/** A reason of one kind. */
export function say(kind: MessKind, words: string): Reason {
  return { words, mess: ALONE.get(kind) ?? [kind] };
}

/** One array for each kind, which all its reasons share. */
const ALONE = new Map(MESS_KINDS.map((kind): [MessKind, Messes] => [kind, [kind]]));

/** Several reasons as one, in their order. */
export function sayAll(reasons: readonly Reason[]): Reason {
  return { words: reasons.map(({ words }) => words).join('; '), mess: messOf(reasons) };
}

/** Every kind of several reasons, once; without any reason, that it is only written otherwise. */
export function messOf(reasons: readonly Reason[]): Messes {
  const [first] = reasons;
  if (first !== undefined && reasons.every(({ mess }) => mess === first.mess)) return first.mess;
  const [kind = 'notation', ...kinds] = new Set(reasons.flatMap(({ mess }) => mess));
  return [kind, ...kinds];
}
