/**
 * Resolves the steps "." and ".." of a path, as every browser does (RFC 3986, section 5.2.4; "%2e" is a dot to
 * them). Other codes such as "%7E", query and fragment stay as they stand.
 */
export function normalizePath(rest: string): string {
  const end = /[?#]/.exec(rest)?.index ?? rest.length;
  return resolveDots(rest.slice(0, end)) + rest.slice(end);
}

function resolveDots(path: string): string {
  const segments = path
    .split('/')
    .slice(1)
    .map((segment) =>
      /^(?:\.|%2e){1,2}$/i.test(segment) ? segment.replace(/%2e/gi, '.') : segment,
    );
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
