import { refuse } from './exchange.ts';

/** Reads query parameters as strictly as Clio; what a resource does not know is ignored, what is malformed refused. */
export class Parameters {
  readonly query: URLSearchParams;
  readonly #badStatus: 400 | 422;

  constructor(query: URLSearchParams, badStatus: 400 | 422) {
    this.query = query;
    this.#badStatus = badStatus;
  }

  limit(): number {
    const text = this.query.get('limit');
    if (text === null) return 200;
    const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    if (limit < 1 || limit > 200) throw this.bad('limit must be between 1 and 200');
    return limit;
  }

  /** `ids[]=1&ids[]=2`; null where the parameter is missing. */
  ids(name: string): ReadonlySet<number> | null {
    const texts = this.query.getAll(name);
    if (texts.length === 0) return null;
    if (!texts.every((text) => /^\d{1,15}$/.test(text))) throw this.bad(`${name} is invalid`);
    return new Set(texts.map(Number));
  }

  boolean(name: string): boolean | null {
    const text = this.query.get(name);
    if (text === null) return null;
    if (text !== 'true' && text !== 'false') throw this.bad(`${name} is invalid`);
    return text === 'true';
  }

  /** A full date-time with its zone, in milliseconds since the epoch; a bare date is refused. */
  dateTime(name: string): number | null {
    const text = this.query.get(name);
    if (text === null) return null;
    const isFull = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
    const atMs = isFull ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(atMs)) throw this.bad(`${name}: invalid xmlschema format`);
    return atMs;
  }

  /** One of the words, or several separated by commas where `several`; null where the parameter is missing. */
  words<W extends string>(name: string, allowed: readonly W[], several = false): Set<W> | null {
    const text = this.query.get(name);
    if (text === null) return null;
    const words = several ? text.split(',') : [text];
    return new Set(
      words.map((word) => {
        const known = allowed.find((each) => each === word);
        if (known === undefined) throw this.bad(`${name} is invalid`);
        return known;
      }),
    );
  }

  /** `query`: part of a name, `*` for any run of characters; no difference of case. */
  search(): ((name: string) => boolean) | null {
    const text = this.query.get('query');
    if (text === null || text === '') return null;
    const parts = text.toLowerCase().split('*');
    return (name) => {
      let from = 0;
      for (const part of parts) {
        const at = name.toLowerCase().indexOf(part, from);
        if (at === -1) return false;
        from = at + part.length;
      }
      return true;
    };
  }

  /** Filters that exist but cannot be answered here: ignoring them would read everything. */
  refuseUnheld(names: readonly string[]): void {
    for (const key of this.query.keys()) {
      const name = names.find((each) => key === each || key.startsWith(`${each}[`));
      if (name !== undefined) throw this.bad(`${name} is not held by this sandbox`);
    }
  }

  bad(message: string) {
    return refuse.argument(message, this.#badStatus);
  }
}
