import type { Column, Verdict } from '../../rules/types.ts';

/** How many verdicts of a column are remembered: 200 columns stay in bounds, and ten times as many saved no time. */
const MOST_REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 500;
/** A column is watched for so many values at a time. */
const WATCHED = 256;
/** Where fewer of them come again, looking them up costs more than it saves. */
const FEWEST_KNOWN = 12;

/**
 * `column.decide`, which remembers: columns repeat themselves, and a verdict depends on nothing but the value. A column whose values
 * hardly ever come again is found out early and forgotten, for its verdicts would be most of the memory that a plan takes.
 */
export function rememberVerdicts(column: Column): (content: string) => Verdict {
  let verdicts: Map<string, Verdict> | null = new Map();
  let watched = 0;
  let known = 0;
  return (content) => {
    if (verdicts === null) return column.decide(content);
    if (watched === WATCHED) {
      if (known < FEWEST_KNOWN) {
        verdicts = null;
        return column.decide(content);
      }
      watched = 0;
      known = 0;
    }
    watched += 1;
    const remembered = verdicts.get(content);
    if (remembered !== undefined) {
      known += 1;
      return remembered;
    }
    const verdict = column.decide(content);
    if (verdicts.size < MOST_REMEMBERED && content.length < LONGEST_REMEMBERED)
      verdicts.set(content, verdict);
    return verdict;
  };
}
