import type { Review } from './review.ts';

/** The options that can be chosen in a review's picklists, by the field's name. */
export function picklistOptions(review: Review): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, readonly string[]>();
  for (const { sample } of review.groups()) {
    const { fieldName, fieldType, choices } = review.target(sample);
    if (fieldType === 'picklist') options.set(fieldName, choices);
  }
  return options;
}
