/** The host with the ending that was likely meant ("example.con" is example.com), in lower case; undefined where no slip is seen. */
export function mendEnding(lowerCaseHost: string): string | undefined {
  const dot = lowerCaseHost.lastIndexOf('.');
  const ending = ENDING_SLIPS.get(lowerCaseHost.slice(dot + 1));
  return ending === undefined ? undefined : `${lowerCaseHost.slice(0, dot + 1)}${ending}`;
}

/** Likely slips of .com, .net and .org; a real address with such an ending would only be asked about. */
const ENDING_SLIPS = new Map<string, string>([
  ...['con', 'cmo', 'ocm', 'vom', 'xom', 'comm', 'coom', 'ccom', 'comn', 'cim', 'c0m'].map(
    (slip): [string, string] => [slip, 'com'],
  ),
  ...['nte', 'ent', 'nett', 'ner'].map((slip): [string, string] => [slip, 'net']),
  ...['ogr', 'orgg', 'rog'].map((slip): [string, string] => [slip, 'org']),
]);
