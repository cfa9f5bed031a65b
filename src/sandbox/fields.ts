import { refuse } from './exchange.ts';

/**
 * What can be asked of one kind of thing with `fields=`: its own attributes by name, and the things nested in it.
 * A getter that answers undefined leaves the key out.
 */
export interface Shape<T> {
  readonly attributes: Readonly<Record<string, (item: T) => unknown>>;
  readonly nested: Readonly<Record<string, Nested<T>>>;
  /** What is answered where no names are given: id and etag, but for a few. */
  readonly defaults: readonly string[];
}

/** A thing within a thing: the names that its braces may hold, and how it looks with these. */
interface Nested<T> {
  readonly names: ReadonlySet<string>;
  readonly render: (names: readonly string[] | null) => (item: T) => unknown;
}

export type Render<T> = (item: T) => Record<string, unknown>;

/**
 * Reads `fields=` (one level of braces, no spaces) and gives a function that renders just these keys.
 * An unknown name, a second level or an unbalanced brace refuses the whole request with 400.
 */
export function selectFields<T>(whole: Shape<T>, fields: string | null): Render<T> {
  if (fields === null || fields === '') return renderNames(whole, whole.defaults);
  const getters = splitFields(fields).map(({ name, names }): [string, (item: T) => unknown] => {
    const nested = ownEntry(whole.nested, name);
    if (nested !== undefined) return [name, nested.render(checkNames(nested.names, name, names))];
    const attribute = ownEntry(whole.attributes, name);
    if (attribute === undefined || names !== null) {
      throw refuse.fields(`${name}${names === null ? '' : '{…}'} is not a valid field`);
    }
    return [name, attribute];
  });
  return renderGetters(getters);
}

export function shape<T>(
  attributes: Shape<T>['attributes'],
  nested: Shape<T>['nested'] = {},
  defaults: readonly string[] = ['id', 'etag'],
): Shape<T> {
  return { attributes, nested, defaults };
}

/**
 * A single thing nested in another; null where there is none. `get` answers undefined to leave the key out;
 * `hide` says what is shown instead of a thing that is not to be seen, null for one that is.
 */
export function one<T, U extends object>(
  child: Shape<U>,
  get: (item: T) => U | null | undefined,
  hide: (inner: U) => Record<string, unknown> | null = () => null,
): Nested<T> {
  return {
    names: namesOf(child),
    render: (names) => {
      const render = renderNames(child, names ?? child.defaults);
      // Thousands of values share a definition: within one answer it is rendered once.
      const rendered = new Map<U, Record<string, unknown>>();
      return (item) => {
        const inner = get(item);
        if (inner === null || inner === undefined) return inner;
        const known = rendered.get(inner) ?? hide(inner) ?? render(inner);
        rendered.set(inner, known);
        return known;
      };
    },
  };
}

/** A list nested in a thing; `get` is told which names were asked for. */
export function many<T, U>(
  child: Shape<U>,
  get: (item: T, names: readonly string[] | null) => readonly U[],
): Nested<T> {
  return {
    names: namesOf(child),
    render: (names) => {
      const render = renderNames(child, names ?? child.defaults);
      return (item) => get(item, names).map(render);
    },
  };
}

function namesOf<T>(child: Shape<T>): ReadonlySet<string> {
  return new Set([...Object.keys(child.attributes), ...Object.keys(child.nested)]);
}

/** Names within braces are bare: what is nested there again gives its defaults. */
function renderNames<T>(child: Shape<T>, names: readonly string[]): Render<T> {
  return renderGetters(
    names.map((name): [string, (item: T) => unknown] => {
      const getter = ownEntry(child.attributes, name) ?? ownEntry(child.nested, name)?.render(null);
      if (getter === undefined) throw refuse.fields(`${name} is not a valid field`);
      return [name, getter];
    }),
  );
}

function renderGetters<T>(getters: readonly [string, (item: T) => unknown][]): Render<T> {
  return (item) => {
    const rendered: Record<string, unknown> = {};
    for (const [name, getter] of getters) rendered[name] = getter(item);
    return rendered;
  };
}

function checkNames(
  allowed: ReadonlySet<string>,
  outer: string,
  names: readonly string[] | null,
): readonly string[] | null {
  const wrong = names?.find((name) => !allowed.has(name));
  if (wrong !== undefined) throw refuse.fields(`${outer}{…}: ${wrong} is not a valid field`);
  return names;
}

/** Names come from requests: `constructor` must not find what every object has. */
function ownEntry<V>(entries: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

interface Asked {
  readonly name: string;
  /** Null for a name without braces. */
  readonly names: readonly string[] | null;
}

function splitFields(fields: string): Asked[] {
  const asked: Asked[] = [];
  let rest = fields;
  while (rest !== '') {
    const match = /^(?<name>[^,{}]+)(?:\{(?<inner>[^{}]*)\})?(?:,(?=.)|$)/.exec(rest);
    if (match === null) throw refuse.fields(`${firstWrong(rest)} is not a valid field`);
    const { name = '', inner } = match.groups ?? {};
    asked.push({ name, names: inner === undefined ? null : inner.split(',') });
    rest = rest.slice(match[0].length);
  }
  return asked;
}

/** Clio splits at the first closing brace, so that a second level leaves a name with a brace in it. */
function firstWrong(rest: string): string {
  const inner = /^[^,{}]+\{(?<inner>.*?)\}/.exec(rest)?.groups?.['inner'];
  return inner?.split(',').find((name) => name.includes('{')) ?? rest.split(',')[0] ?? rest;
}
