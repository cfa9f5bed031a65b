import type { Account } from './account.ts';
import type { PlanCounts } from './change.ts';
import type { FieldType, ParentType } from './field.ts';
import type { CanaryEnd, Run, SettledStatus } from './run.ts';
import type { Coverage, Renewal } from './summary.ts';
import type { UnfinishedUpload } from './upload.ts';

/** A thing that was done, and its place in the journal's chain. */
export interface Act {
  /** Who did it; null where the journal does not say. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** The entry's number, counted from 1; null where the journal was begun before it kept such entries. */
  readonly entry: number | null;
}

/** What one person decided of a plan's changes and flags, in one way. */
export interface Reviewer {
  readonly by: string;
  /** `terminal`, `spreadsheet`... */
  readonly how: string;
  readonly decisions: number;
  /** ISO 8601. */
  readonly first: string;
  readonly last: string;
}

/** A change, or a change of options, that a run was to make and did not. */
export interface NotMade {
  readonly changeId: string;
  /** Null where it is about a picklist's options. */
  readonly parentType: ParentType | null;
  readonly recordId: string | null;
  readonly fieldName: string;
  readonly status: SettledStatus;
  /** Null where the journal no longer holds it, or where it would tell a client's value. */
  readonly reason: string | null;
  /** What a client would be known by; null unless it was asked for. */
  readonly detail: {
    readonly recordLabel: string;
    readonly before: string | null;
    readonly after: string | null;
  } | null;
}

/** A report that was put into a client's file. */
export interface FiledCopy {
  readonly what: string;
  readonly format: string;
  readonly parentType: ParentType;
  readonly recordId: string;
  readonly documentId: string;
  /** Of the bytes, hex. */
  readonly sha256: string;
  readonly by: string;
  readonly at: string;
}

/** Whether the journal's chain holds, and its last hash: kept elsewhere, it shows that the whole was not written anew. */
export type ChainState =
  | { readonly holds: true; readonly entries: number; readonly head: string }
  | {
      readonly holds: false;
      readonly entries: number;
      /** The first entry that does not hold; null where all do, but the tables say something else. */
      readonly brokenAt: number | null;
      readonly about: string | null;
      readonly reason: string;
    };

/** A hash from an earlier certificate, and the entry that it belongs to; null where no entry has it any more. */
export interface Expectation {
  readonly hash: string;
  readonly entry: number | null;
}

/** What can be proved of one run, without a client's value in it. */
export interface Certificate {
  /** ISO 8601. */
  readonly issuedAt: string;
  /** This program's version. */
  readonly program: string;
  readonly run: Run;
  /** Scheme and host of the account. */
  readonly origin: string;
  /** The firm; null where the inventory does not know it. */
  readonly account: Account | null;
  readonly plan: {
    readonly planId: string;
    readonly digest: string;
    readonly planned: Act;
    readonly rollsBack: string | null;
    /** Whether whoever planned it may not approve it. */
    readonly isTwoPerson: boolean;
    readonly counts: PlanCounts;
    readonly fields: readonly CertifiedField[];
    readonly optionChanges: number;
  };
  readonly inventory: {
    readonly inventoryId: string;
    readonly takenAt: string;
    readonly coverage: readonly Coverage[];
    /** Null where all of it was read at that time. */
    readonly since: Renewal | null;
  };
  /** Who decided what the plan came to, undone decisions left out. */
  readonly reviewers: readonly Reviewer[];
  /** Of the plan, before the run began; `how`: on a terminal, by digest. */
  readonly approvals: readonly (Act & { readonly how: string })[];
  readonly started: Act;
  /** How its first records were looked at before the rest was written; null where the journal tells of none. */
  readonly canary: (Act & CanaryEnd) | null;
  /** The last time that it ended; null while it has not. */
  readonly ended: Act | null;
  /** Option changes by how they ended. */
  readonly options: Readonly<Record<SettledStatus, number>>;
  /** Read anew at each call. */
  readonly notMade: () => Iterable<NotMade>;
  /** Runs that undo this one, and runs that undo those, oldest first. */
  readonly rollbacks: readonly Run[];
  readonly filed: readonly FiledCopy[];
  /** Copies on their way into clients' files; none in a certificate that itself goes into one. */
  readonly unfinishedUploads: readonly UnfinishedUpload[];
  /** When clients' values of the run were purged from the journal; null where they stand in it. */
  readonly purgedAt: string | null;
  readonly chain: ChainState;
  readonly expectation: Expectation | null;
}

export interface CertifiedField {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly parentType: ParentType;
  readonly fieldType: FieldType;
  readonly rule: string;
  readonly changed: number;
  readonly flagged: number;
  readonly unread: number;
}
