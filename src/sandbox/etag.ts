type Part = string | number | boolean | null;

/** An entity tag over `parts`, quotes included, as Clio's `etag` field holds it. */
export function etagOf(parts: Iterable<Part>): string {
  const [high, low] = hash(parts);
  return `"${hex(high)}${hex(low)}"`;
}

/** A short fingerprint of a text, for tokens and for remembering what was seen. */
export function fingerprint(text: string): string {
  const [high, low] = hash([text]);
  return `${hex(high)}${hex(low)}`;
}

/** Two independent 32-bit multiplicative hashes; only equality matters here, not secrecy. */
function hash(parts: Iterable<Part>): readonly [number, number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const part of parts) {
    const text = part === null ? '\u0000' : String(part);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    high = Math.imul(high ^ 0x1f, 2654435761);
    low = Math.imul(low ^ 0x1f, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return [high >>> 0, low >>> 0];
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
