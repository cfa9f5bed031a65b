/** One of the courts that the firm goes to, and how its people have typed it over the years. */
export interface Court {
  /** The picklist's option. */
  readonly option: string;
  readonly spellings: readonly [string, ...string[]];
}

/** Immigration courts stand last. */
export const COURTS: readonly [Court, ...Court[]] = [
  {
    option: 'U.S. District Court, S.D.N.Y.',
    spellings: [
      'SDNY',
      'S.D.N.Y.',
      'USDC SDNY',
      'US District Court, SDNY',
      'U.S. Dist. Ct., S.D.N.Y.',
      'u.s. district court, s.d.n.y.',
      'US DISTRICT COURT S.D.N.Y.',
      'U.S. District Court,  S.D.N.Y.',
      'Southern District of New York',
      'So. Dist. of NY',
    ],
  },
  {
    option: 'U.S. District Court, E.D.N.Y.',
    spellings: [
      'EDNY',
      'E.D.N.Y.',
      'USDC EDNY',
      'US District Court, EDNY',
      'U.S. Dist. Ct., E.D.N.Y.',
      'u.s. district court, e.d.n.y.',
      'U.S. District Court E.D.N.Y. ',
      'Eastern District of New York',
    ],
  },
  {
    option: 'Supreme Court, New York County',
    spellings: [
      'Supreme Court New York County',
      'SUPREME COURT, NEW YORK COUNTY',
      'Sup. Ct., N.Y. County',
      'Sup Ct NY County',
      'NY Supreme',
      'Supreme Court, NY County',
      'Supreme Court, New York Cty.',
      'New York County Supreme Court',
    ],
  },
  {
    option: 'Supreme Court, Kings County',
    spellings: [
      'Supreme Court Kings County',
      'supreme court, kings county',
      'Sup. Ct., Kings County',
      'Kings Supreme',
      'Kings County Supreme Court',
      'Supreme Court, Kings Cty.',
      'Supreme Ct Brooklyn',
    ],
  },
  {
    option: 'Superior Court, Los Angeles County',
    spellings: [
      'LASC',
      'LA Superior Court',
      'Superior Court Los Angeles County',
      'Superior Court, L.A. County',
      'SUPERIOR COURT, LOS ANGELES COUNTY',
      'Los Angeles Superior Court',
      'Sup. Ct. Los Angeles',
    ],
  },
  {
    option: 'Circuit Court of Cook County',
    spellings: [
      'Cook County Circuit Court',
      'Cir. Ct. Cook County',
      'CIRCUIT COURT OF COOK COUNTY',
      'Circuit Court, Cook Cty',
      'Cook Circuit',
      'Circuit  Court of Cook County',
    ],
  },
  {
    option: 'Immigration Court, New York',
    spellings: [
      'Immigration Court New York',
      'EOIR New York',
      'NY Immigration Court',
      'Imm. Ct., New York',
      'IMMIGRATION COURT, NEW YORK',
      'Immigration Court (New York)',
    ],
  },
  {
    option: 'Immigration Court, Los Angeles',
    spellings: [
      'Immigration Court Los Angeles',
      'EOIR Los Angeles',
      'LA Immigration Court',
      'Imm. Ct., Los Angeles',
      'immigration court, los angeles',
    ],
  },
];
