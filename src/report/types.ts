import type { Account } from '../model/account.ts';
import type { Reviewer } from '../model/certificate.ts';
import type { Change, Flag, OptionChange, Plan } from '../model/change.ts';
import type { Decision, RulingKind } from '../model/decision.ts';
import type { ParentType } from '../model/field.ts';
import type { Problem, Run, SettledStatus } from '../model/run.ts';
import type { Standing } from '../model/standing.ts';
import type { Coverage, FieldSummary, Renewal } from '../model/summary.ts';
import type { ChangeLine } from './groups.ts';

/** Who approved a plan, when and how. */
export interface ApprovalView {
  readonly by: string;
  readonly at: string;
  readonly how: string;
}

/** A plan and all that is in it. The parts are read anew at each call and streamed: a plan may hold a million changes. */
export interface PlanView {
  readonly plan: Plan;
  readonly approval: ApprovalView | null;
  /** Whose account it is; null or left out where nobody knows. */
  readonly account?: Account | null;
  /** How much of the account its inventory could read. */
  readonly coverage: readonly Coverage[];
  readonly changes: () => Iterable<Change>;
  readonly flags: () => Iterable<Flag>;
  readonly optionChanges: () => Iterable<OptionChange>;
  /** How much of it people have decided already. */
  readonly decided?: DecidedView;
  /** Who decided at the review that a reviewed plan is the outcome of; nobody for any other plan. */
  readonly reviewers?: readonly Reviewer[];
  /** The newer plan that people decided on in its stead; null where there is none. */
  readonly reviewedAs?: string | null;
  /** What people decided of one of its changes or flags. */
  readonly decisionOf?: (part: Change | Flag) => Decision | null;
  /** Only where they are to be shown. */
  readonly flagClusters?: () => readonly FlagClusters[];
  /** Whether people read like changes together instead of record by record. */
  readonly isGrouped?: boolean;
}

/** How many changes and flags were decided how, at this plan's review or an earlier one's. */
export interface DecidedView {
  readonly changes: Readonly<Record<RulingKind, number>>;
  readonly flags: Readonly<Record<RulingKind, number>>;
}

/** Values that may mean the same, most frequent first. */
export interface Cluster {
  readonly canonical: string;
  readonly method: string;
  readonly count: number;
  readonly members: readonly { readonly value: string; readonly count: number }[];
}

/** The biggest clusters among one field's flagged values, and how many there are in all. */
export interface FlagClusters {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly clusters: readonly Cluster[];
  readonly total: number;
}

export interface OptionOutcomeView {
  readonly change: OptionChange;
  readonly status: SettledStatus;
  readonly reason: string | null;
}

/** How a run ended. */
export interface RunSummaryView {
  readonly run: Run;
  readonly coverage: readonly Coverage[];
  readonly options: readonly OptionOutcomeView[];
  /** Of a rollback: changes that left a field empty without the empty row that it had. */
  readonly rowsNotKept: number;
  readonly problems: Iterable<Problem>;
}

/** What a run did. */
export interface RunView {
  readonly run: Run;
  readonly plan: Plan;
  readonly approval: ApprovalView | null;
  readonly account?: Account | null;
  /** How much of the account its plan's inventory could read. */
  readonly coverage: readonly Coverage[];
  /** Every change of the plan in its order; `outcome` is null for one that is still to be made. */
  readonly changes: () => Iterable<ChangeLine>;
  readonly isGrouped?: boolean;
  /** Where it is about one record alone: counts and changes are that record's. */
  readonly only?: { readonly parentType: ParentType; readonly recordId: string };
  readonly optionChanges: () => Iterable<OptionOutcomeView>;
}

export interface InventoryView {
  readonly inventoryId: string;
  readonly takenAt: string;
  readonly origin: string;
  readonly account?: Account | null;
  readonly records: Readonly<Record<ParentType, number>>;
  readonly coverage: readonly Coverage[];
  readonly fields: readonly FieldSummary[];
  readonly requests: number;
  /** Null for a complete reading. */
  readonly since: Renewal | null;
}

/** What still stands of what a run wrote. */
export interface VerificationView {
  readonly run: Run;
  readonly checkedAt: string;
  readonly rolledBackBy: string | null;
  readonly isRolledBackWhole: boolean;
  readonly standing: Standing;
  readonly options: readonly {
    readonly change: OptionChange;
    /** The id of the option that was made because the one to be restored did not come back; null elsewhere. */
    readonly replacedBy: string | null;
    readonly stands: boolean;
  }[];
  readonly rowsNotKept: number;
  readonly unanswered: number;
  readonly requests: number;
}

/** Where a report will be looked at. */
export interface Look {
  readonly hasColor: boolean;
  /** How many characters a line may have. */
  readonly columns: number;
  /** Whether somebody looks at a screen, which one long value would fill: it is cut around what differs. Files hold all of it. */
  readonly isScreen: boolean;
}

/** One format. Every method answers with pieces of the document, in order, so that nothing big is ever held whole. */
export interface Reporter {
  /** `isWhole`: a picture of each field; otherwise a row a field. Only text tells them apart. */
  inventory(view: InventoryView, isWhole: boolean): Iterable<string>;
  /** `isWhole`: every change and flag; otherwise counts by field. */
  plan(view: PlanView, isWhole: boolean): Iterable<string>;
  run(view: RunView): Iterable<string>;
  verification(view: VerificationView): Iterable<string>;
}
