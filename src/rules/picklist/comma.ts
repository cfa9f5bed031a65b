/**
 * "Doe, John" as "John Doe", "Korea, Republic of" as "Republic of Korea"; null where the text has not
 * exactly one comma with words on both sides.
 */
export function invertComma(text: string): string | null {
  const parts = text.split(',');
  const [last, first] = parts.map((part) => part.trim());
  if (parts.length !== 2 || !last || !first) return null;
  return `${first} ${last}`;
}
