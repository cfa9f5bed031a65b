import type { Half, Row } from '../protocol.ts';

/** What a row changes, as people compare it. */
export interface Compared {
  readonly halves: readonly (Half & {
    /** Where what stands before is found, if not in the field itself. */
    readonly where: string | null;
  })[];
  /** The field that a move takes its value out of. */
  readonly emptied: string | null;
}

/** What goes into an empty field is compared with where it comes from; that this is emptied then need not be shown as well. */
export function compared({ halves, from }: Row): Compared {
  const [first, ...others] = halves;
  if (first === undefined) return { halves: [], emptied: null };
  if (from === null || first.before !== null)
    return { halves: halves.map((half) => ({ ...half, where: null })), emptied: null };
  const isEmptied = (half: Half): boolean =>
    half.after === null && half.fieldName === from.fieldName;
  return {
    halves: [
      { ...first, before: from.text, where: from.fieldName },
      ...others.filter((half) => !isEmptied(half)).map((half) => ({ ...half, where: null })),
    ],
    emptied: others.some(isEmptied) ? from.fieldName : null,
  };
}
