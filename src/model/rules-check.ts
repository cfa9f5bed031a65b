/** Something about one place of a rules file, held against an account's fields. */
export interface RulesFinding {
  /** An error: a plan would be refused. A warning: a plan can be made, but not all of it is likely to be done, or not elsewhere. */
  readonly level: 'error' | 'warning' | 'note';
  readonly kind:
    | 'noField'
    | 'severalFields'
    | 'deletedField'
    | 'twoEntries'
    /** A move into a field whose own value is moved on. */
    | 'chain'
    | 'type'
    | 'options'
    /** A field named by an id, which no other account has. */
    | 'id'
    /** A required field that a move is to leave empty. */
    | 'required'
    /** An optional entry whose field this account does not have. */
    | 'passedOver';
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A rules file held against an account's fields, without its values. */
export interface RulesCheck {
  readonly rulesFile: string;
  readonly inventoryId: string;
  readonly origin: string;
  readonly entries: number;
  /** In the order of the file. */
  readonly findings: readonly RulesFinding[];
  /** Fields for which an entry decides, and the names of those that are left alone. */
  readonly decided: number;
  readonly leftAlone: readonly {
    readonly definitionId: string;
    readonly name: string;
    readonly parentType: string;
    readonly fieldType: string;
  }[];
}
