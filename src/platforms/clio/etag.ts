/** A tag that may stand in a header; null for another, which is not sent back. */
export function usableEtag(etag: string | null): string | null {
  return etag !== null && /^[\x21-\x7e ]{1,200}$/.test(etag) ? etag : null;
}
