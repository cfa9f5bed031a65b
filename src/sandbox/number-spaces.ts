/**
 * Where made-up accounts start to number things. Rows' numbers run through those of definitions, as they do in Clio,
 * so that a definition's id in the place of a value's shows.
 */
export const FIRST_DEFINITION_ID = 22_145_945;
export const FIRST_ROW_ID = 22_145_901;
export const FIRST_OPTION_ID = 12_497_978;
export const FIRST_RECORD_ID = 1_608_000_011;
