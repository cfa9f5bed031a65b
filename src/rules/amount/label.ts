import { type Reason, say } from '../reason.ts';

/** "Total: $500": a label that only repeats what an amount field is, or the field's own name. */
export function dropLabel(
  text: string,
  fieldName: string,
): { text: string; notes: readonly Reason[] } {
  const colon = text.indexOf(':');
  if (colon < 1 || colon > LONGEST_LABEL) return { text, notes: [] };
  const label = text.slice(0, colon).trim().toLowerCase();
  if (!NEUTRAL_LABELS.has(label) && label !== fieldName.trim().toLowerCase())
    return { text, notes: [] };
  return {
    text: text.slice(colon + 1).trim(),
    notes: [say('notes', `the label "${text.slice(0, colon).trim()}" is left out`)],
  };
}

const LONGEST_LABEL = 60;
const NEUTRAL_LABELS = new Set(['amount', 'total', 'price', 'sum', 'total amount']);
