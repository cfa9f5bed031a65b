/**
 * Resolves the steps "." and ".." of a path and writes letters plain that need no code ("%7E" is "~"): the same
 * address by RFC 3986, sections 6.2.2.2 and 6.2.2.3 ("%2e" counts as a dot). Query and fragment stay as they stand.
 */
export function normalizePath(rest: string): string {
  const end = /[?#]/.exec(rest)?.index ?? rest.length;
  return resolveDots(decodeUnreserved(rest.slice(0, end))) + rest.slice(end);
}

function decodeUnreserved(path: string): string {
  return path.replace(/%[2-7][0-9A-F]/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : code;
  });
}

function resolveDots(path: string): string {
  const segments = path.split('/').slice(1);
  if (!segments.some((segment) => segment === '.' || segment === '..')) return path;
  const kept: string[] = [];
  for (const [at, segment] of segments.entries()) {
    const isStep = segment === '.' || segment === '..';
    const isLast = at === segments.length - 1;
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
    if (isLast && isStep) kept.push('');
  }
  return `/${kept.join('/')}`;
}
