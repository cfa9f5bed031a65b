/** One run between white space, with its surroundings as far as they matter. */
export interface Word {
  /** What stands before the first and after the last letter or digit. */
  readonly lead: string;
  readonly core: string;
  readonly tail: string;
}

const INNER = /[\p{L}\p{N}\p{M}]/u;

/** Parts a run from what stands around its letters and digits. */
export function takeApart(run: string): Word {
  const characters = Array.from(run);
  const start = characters.findIndex((character) => INNER.test(character));
  if (start === -1) return { lead: run, core: '', tail: '' };
  const end = characters.findLastIndex((character) => INNER.test(character)) + 1;
  return {
    lead: characters.slice(0, start).join(''),
    core: characters.slice(start, end).join(''),
    tail: characters.slice(end).join(''),
  };
}

/** An address of e-mail or web, a path: written by machines. */
export function isNoWord({ lead, core }: Word): boolean {
  return /@|:\/\/|_|\\/.test(core) || lead.includes('@') || /\p{L}{2}\.\p{L}{2}/u.test(core);
}
