import type { Replacement } from './replace.ts';

/** Packs of short forms that are read in one way only, spelled out on request; each with and without its dot. */
export const ABBREVIATION_PACKS = ['legal', 'office'] as const;

export type AbbreviationPack = (typeof ABBREVIATION_PACKS)[number];

export function replacementsOf(packs: readonly AbbreviationPack[]): Replacement[] {
  return packs.flatMap((each) => PACKS[each]);
}

const PACKS: Record<AbbreviationPack, readonly Replacement[]> = {
  legal: pack(
    'Pltf Plaintiff|Plf Plaintiff|Pltfs Plaintiffs|Dft Defendant|Dfts Defendants|Deft Defendant|Defts Defendants|Resp Respondent|Atty Attorney|Attys Attorneys|Dkt Docket|Sched Schedule|Stip Stipulation|Subp Subpoena',
  ),
  office: pack(
    'Dept Department|Depts Departments|Bldg Building|Mgmt Management|Mgr Manager|Govt Government|Natl National|Intl International|Assn Association|Assoc Association|Cmte Committee|Acct Account|Accts Accounts|Mfg Manufacturing|Univ University|Hosp Hospital',
  ),
};

function pack(list: string): Replacement[] {
  return list.split('|').flatMap((entry) => {
    const [from = '', to = ''] = entry.split(' ');
    return [`${from}.`, from].flatMap((short) => [
      { from: short, to },
      { from: short.toUpperCase(), to: to.toUpperCase() },
      { from: short.toLowerCase(), to: to.toLowerCase() },
    ]);
  });
}
