/**
 * Resolves the steps "." and ".." of a path (RFC 3986, section 5.2.4; "%2e" counts as a dot, as in the URL Standard).
 * Query and fragment stay as they stand. An address without steps comes back unchanged.
 */
export function resolveDots(rest: string): string {
  const end = /[?#]/.exec(rest)?.index ?? rest.length;
  const path = rest.slice(0, end);
  const segments = path.split('/').slice(1);
  if (!segments.some((segment) => isHere(segment) || isUp(segment))) return rest;
  const kept: string[] = [];
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1;
    if (isUp(segment)) kept.pop();
    else if (!isHere(segment)) kept.push(segment);
    if (isLast && (isUp(segment) || isHere(segment))) kept.push('');
  }
  return `/${kept.join('/')}${rest.slice(end)}`;
}

function isHere(segment: string): boolean {
  return /^(?:\.|%2e)$/i.test(segment);
}

function isUp(segment: string): boolean {
  return /^(?:\.|%2e){2}$/i.test(segment);
}
