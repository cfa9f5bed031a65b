/** What people type where they have nothing to say; compared folded and run together. */
const PLACEHOLDERS = new Set(
  (
    'na none nil null nothing unknown unk unkn unspecified undefined undetermined undecided notapplicable ' +
    'notavailable notknown notspecified notstated notsure tba tbd tbc tbn todo tobedetermined tobeadvised ' +
    'tobeconfirmed seefile seenotes blank empty test x xx xxx dontknow idk ' +
    'select selectone pleaseselect choose chooseone'
  ).split(' '),
);

/** Whether a squashed text says that nothing is known rather than which option; a text without a letter or digit too. */
export function isPlaceholder(squashed: string): boolean {
  return PLACEHOLDERS.has(squashed) || !/[\p{L}\p{N}]/u.test(squashed);
}
