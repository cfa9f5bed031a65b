import { PARENT_TYPES, type ParentType } from '../../model/field.ts';
import { PlatformError } from '../../platforms/types.ts';

/**
 * The error as it stands; where this sign-in may not read the records of one kind (`forbidden`), with a hint at the other kind, if that
 * was to be read too: it can be read without.
 */
export function hintAtOtherKind(
  error: unknown,
  refused: ParentType,
  wanted: readonly ParentType[] = PARENT_TYPES,
): unknown {
  const other = wanted.find((each) => each !== refused);
  if (!(error instanceof PlatformError) || error.kind !== 'forbidden' || other === undefined)
    return error;
  return new PlatformError(
    error.kind,
    error.message,
    `${error.hint} To go on without ${refused}s: clio-fields inventory --parent ${other}.`,
    { cause: error },
  );
}
