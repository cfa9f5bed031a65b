import type { PicklistOption } from '../../model/field.ts';
import { isAlike } from './merge.ts';

/** All `options`, with the `restorable` ones as they are once restored, but for those whose text a live option has already. */
export function reopened(
  options: readonly PicklistOption[],
  restorable: ReadonlySet<string> | undefined,
): readonly PicklistOption[] {
  if (restorable === undefined || restorable.size === 0) return options;
  const live = options.filter(({ retired }) => !retired);
  return options.map((option) => {
    const isNeeded =
      restorable.has(option.id) && !live.some(({ label }) => isAlike(label, option.label));
    return isNeeded ? { ...option, retired: false } : option;
  });
}
