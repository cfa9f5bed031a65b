import { type Reason, say } from '../reason.ts';

/**
 * What a spreadsheet made of a number or a code; null where a text shows nothing of it.
 * `isIdentifierColumn`: whether the field's other values are codes of digits, so that "Jan-15" cannot be meant.
 */
export function findSpreadsheetDamage(text: string, isIdentifierColumn: boolean): Reason | null {
  if (/^\d(?:\.\d+)?E\+\d{1,3}$/i.test(text)) {
    return spoiled('a spreadsheet has rounded a long number: its last digits are lost');
  }
  if (
    /^#(?:NAME\?|REF!|VALUE!|DIV\/0!|N\/A|NUM!|NULL!|SPILL!)$/.test(text) ||
    /^#{4,255}$/.test(text)
  ) {
    return spoiled('it is the error of a spreadsheet, not a value');
  }
  if (!isIdentifierColumn) return null;
  if (
    /^(?:\d{1,2}-)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:-\d{1,4})?$/i.test(text)
  ) {
    return spoiled(
      'the other values are codes of digits: a spreadsheet seems to have made a date of this one',
    );
  }
  return /^[1-9]\d{2,7}0{6,}$/.test(text)
    ? spoiled('it ends in a row of zeros: a spreadsheet may have rounded a long number')
    : null;
}

function spoiled(words: string): Reason {
  return say('spreadsheet', words);
}

/** A code of digits, as dockets, claims and policies have: at least five characters, with a hyphen or long. */
function isIdentifier(text: string): boolean {
  return /^\d[\d:-]{4,40}$/.test(text) && (/\d-\d/.test(text) || text.length >= 9);
}

/** Counts how many of a column's values are such codes. */
export function watchIdentifiers(): {
  observe(text: string): void;
  isShown(): boolean;
  evidence(): readonly string[];
} {
  let codes = 0;
  let all = 0;
  const isShown = () => codes >= 5 && codes >= all * 0.8;
  return {
    observe(text) {
      all += 1;
      if (isIdentifier(text)) codes += 1;
    },
    isShown,
    evidence: () => (isShown() ? [`codes of digits: ${codes} of ${all} values`] : []),
  };
}
