import { describe, expect, it } from 'vitest';
import { canMeanTheSame } from '../../src/rules/picklist/guards.ts';

function agree(left: string, right: string): readonly boolean[] {
  const [mine, theirs] = [left.split(' '), right.split(' ')];
  return [canMeanTheSame(mine, theirs), canMeanTheSame(theirs, mine)];
}

describe('two texts that are nearly the same', () => {
  it.each([
    ['22 cv', '23 cv'],
    ['21 cv', '12 cv'],
    ['room 100', 'room 10'],
    ['phase i', 'phase ii'],
    ['phase iv', 'phase vi'],
    ['phase v', 'phase x'],
    ['phase viii', 'phase vii'],
    ['phase ix', 'phase xi'],
    ['title xiv', 'title xvi'],
    ['title xix', 'title xx'],
    ['class a', 'class b'],
    ['retained', 'not retained'],
    ['with counsel', 'without counsel'],
    ['secured', 'unsecured'],
    ['active', 'inactive'],
    ['compliant', 'noncompliant'],
    ['north district', 'south district'],
    ['first party', 'last party'],
    ['lessor', 'lessee'],
    ['employer', 'employee'],
    ['appellant', 'appellee'],
  ])('cannot both be meant by %s and %s', (left, right) => {
    expect(agree(left, right)).toEqual([false, false]);
  });

  it.each([
    ['other fraud', '370 other fraud'],
    ['room 7', 'room 07'],
    ['room 7', 'room 007'],
    ['phase', 'phase ii'],
    ['class a', 'clas a'],
    ['secured', 'secued'],
    ['not retained', 'not retaned'],
    ['north district', 'north distrct'],
    ['trustee', 'trustees'],
    ['committee', 'comittee'],
    ['referee', 'refere'],
  ])('may both be meant by %s and %s', (left, right) => {
    expect(agree(left, right)).toEqual([true, true]);
  });
});
