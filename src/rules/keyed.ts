import { z } from 'zod';

/**
 * What a rules file's YAML holds, as plain objects. Those that are the value of an option stay a Map where an object would put the
 * keys in another order: JavaScript puts whole numbers first. `depth`: how many lists and keys lead to the value.
 */
export function plainContent(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((each) => plainContent(each, depth + 1));
  if (!(value instanceof Map)) return value;
  const plain = Object.fromEntries(
    [...value].map(([key, each]) => [key, plainContent(each, depth + 1)]),
  );
  const isInOrder = Object.keys(plain).every((key, at) => key === [...value.keys()][at]);
  return depth !== OPTION_DEPTH || isInOrder ? plain : value;
}

/** fields, the entry, with, the option. */
export const OPTION_DEPTH = 4;

/** Keys with values of one kind, in any order. */
export function keyed<Values extends z.ZodType>(values: Values) {
  return z
    .preprocess(
      (given) => (given instanceof Map ? Object.fromEntries(given) : given),
      z.record(z.string(), values),
    )
    .meta(jsonSchemaOf(values));
}

/** Keys with values of one kind, in the order in which they stand. */
export function keyedInOrder<Values extends z.ZodType>(values: Values) {
  return z
    .preprocess(
      (given) => (isPlainObject(given) ? new Map(Object.entries(given)) : given),
      z.map(z.string(), values),
    )
    .meta(jsonSchemaOf(values));
}

function isPlainObject(given: unknown): given is object {
  return (
    typeof given === 'object' && given !== null && !Array.isArray(given) && !(given instanceof Map)
  );
}

function jsonSchemaOf(values: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(values);
  return { type: 'object', propertyNames: { type: 'string' }, additionalProperties: schema };
}
