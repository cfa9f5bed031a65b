import type { Account } from '../model/account.ts';
import type { Content, Definition, ParentType, RecordSnapshot } from '../model/field.ts';

/** What the platform can do, so that the core need not know which one it is. */
export interface Capabilities {
  /** Writes carry the record's etag and are refused when it moved. */
  readonly conditionalWrites: boolean;
  /** A write's answer shows the values that the record now holds. */
  readonly writeAnswersValues: boolean;
  /** Options can be added to and retired from a picklist. */
  readonly editableOptions: boolean;
  /** The most records that one request reads. */
  readonly recordsPerRead: number;
  /** A request that left so long ago, in milliseconds, is over: what it has not done by then it never does. */
  readonly overAfterMs: number;
}

export interface RecordQuery {
  readonly parentType: ParentType;
  /** Only these records; all of them where undefined. */
  readonly recordIds?: readonly string[];
  /** Only these definitions' values; a snapshot's other values are then `unread`. */
  readonly definitionIds?: readonly string[];
  /**
   * Only records that hold this content for this definition. A platform may pass over it and answer with more: whoever asks looks at
   * the values. Records whose values are hidden from this sign-in do not come.
   */
  readonly holding?: { readonly definitionId: string; readonly content: string };
  /** Matters only, the platform's own words (Clio: open, pending, closed). */
  readonly status?: readonly string[];
  /** Only what changed since, an ISO 8601 date-time. */
  readonly updatedSince?: string;
  /** All pages will be taken: the next may be asked for while the one before is worked on. */
  readonly ahead?: boolean;
  /** Called whenever a request leaves for it: what a page shows is as of the last one before it, or later. */
  readonly onAsk?: () => void;
}

/** One request's worth of records. */
export interface RecordPage {
  readonly records: readonly RecordSnapshot[];
  /** How many records there are in all, where the platform says so. */
  readonly totalRecords: number | null;
  /** Where only what changed was asked for: when each record changed by the platform's account, ISO 8601, by record id. */
  readonly updatedAt?: ReadonlyMap<string, string>;
}

/** What one value of a record should become. The adapter chooses the write's shape from `current`, never from the content. */
export interface ValueWrite {
  readonly definitionId: string;
  readonly after: Content;
}

/** All changes of one record, sent together. */
export interface RecordWrite {
  /** The fresh reading that the write is based on: its value ids and its etag are used. */
  readonly current: RecordSnapshot;
  readonly values: readonly ValueWrite[];
  /** Which of several shapes of the same write to send, from 0: the `nextShape` of the refusal before, where it was sent before. */
  readonly shape?: number;
  /** Asked right before the request leaves, each time: where it says no, nothing is sent, and `PlatformError` `heldBack` is thrown. */
  readonly mayLeave?: () => boolean;
  /** Called right before the request leaves, each time that it is sent, so that the intent is durable first; what it throws stops the sending. */
  readonly onSend?: () => void;
  /**
   * Called as soon as the platform said that it did not do what had left, where no `WriteAnswer` comes of it yet: before it is sent
   * again, before any wait, and before an error that ends the job.
   */
  readonly onNotTaken?: () => void;
  /** Ends the wait for its turn: nothing is sent, and `PlatformError` `heldBack` is thrown. What has left is let finish. */
  readonly hold?: AbortSignal;
}

/** What became of a write. Only what cannot go on for the whole job (sign-in, network for good, abort) is thrown. */
export type WriteAnswer =
  /** The platform accepted it; `record` is what it says the record now holds. Not yet proof that the planned value stands. */
  | { readonly kind: 'written'; readonly record: RecordSnapshot }
  /** The record moved since it was read (412): nothing was written. */
  | { readonly kind: 'stale' }
  /**
   * The platform refused the content (400, 422). A single value was not written; of several, whether those before the refused one were
   * is not known. `reason` holds no client's data. With `nextShape` the platform may take the same in another shape, after a fresh reading.
   */
  | { readonly kind: 'refused'; readonly reason: string; readonly nextShape?: number }
  /** This user may not write, or cannot see, the record (403, 404): nothing was written. */
  | { readonly kind: 'noAccess'; readonly reason: string }
  /** The answer was lost or was a 5xx: it may or may not have been written. Read before sending anything again. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A change of a picklist's options. Labels are compared exactly. */
export interface OptionsWrite {
  readonly definitionId: string;
  readonly add: readonly string[];
  readonly retireIds: readonly string[];
  /** Retired options to bring back. A platform may refuse; whoever asked then adds an option with the same label. */
  readonly restoreIds: readonly string[];
  /** As a record write's. */
  readonly onSend?: () => void;
  readonly onNotTaken?: () => void;
}

export type OptionsAnswer =
  | { readonly kind: 'written'; readonly definition: Definition }
  | { readonly kind: 'refused' | 'noAccess' | 'unknown'; readonly reason: string };

/** A file that is to be put beside a record. */
export interface DocumentDraft {
  readonly parentType: ParentType;
  readonly recordId: string;
  readonly name: string;
  /** A media type. */
  readonly contentType: string;
  /** By which it is found again after a lost answer; of this file alone. */
  readonly marker: string;
  /** The document that it becomes a newer version of; null for a document of its own. */
  readonly replaces: string | null;
}

/** Where a document's bytes go, good for minutes. As good as a key to whoever has it: never printed, never stored. */
export interface UploadAddress {
  readonly url: string;
  /** To be sent exactly as they are, and nothing secret beside them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A document as the platform knows it, registered or whole. */
export interface DocumentState {
  readonly documentId: string;
  /** Of its latest version. */
  readonly versionId: string;
  readonly isComplete: boolean;
  /** Null where the platform does not tell it any more. */
  readonly address: UploadAddress | null;
}

/** One of several failures, each with why in words that hold no client's data. */
type Failure<Kind extends string> = Kind extends string
  ? { readonly kind: Kind; readonly reason: string }
  : never;

/** `refused`, `noAccess`: nothing was done. `unknown`: it may have been done; read before sending anything again. */
export type DocumentAnswer =
  | { readonly kind: 'document'; readonly document: DocumentState }
  | Failure<'refused' | 'noAccess' | 'unknown'>;

/** `expired`: the address is good no longer, or never was. Putting the same bytes twice does no harm. */
export type PutAnswer = { readonly kind: 'put' } | Failure<'expired' | 'refused' | 'unknown'>;

/** `missing`: the platform has not got the bytes. */
export type CompleteAnswer =
  | { readonly kind: 'complete' }
  | Failure<'missing' | 'refused' | 'noAccess' | 'unknown'>;

/** Files beside records, in three steps that can each be taken again: registered, put, declared complete. */
export interface Documents {
  register(draft: DocumentDraft): Promise<DocumentAnswer>;
  /** The newest with a marker; null where there is none. */
  find(
    draft: Pick<DocumentDraft, 'parentType' | 'recordId' | 'marker'>,
  ): Promise<DocumentState | null>;
  /** Null where it is gone, or not for this user. */
  read(documentId: string): Promise<DocumentState | null>;
  /** Goes to the address alone, which is https or this machine, without the sign-in. */
  put(address: UploadAddress, content: Uint8Array): Promise<PutAnswer>;
  complete(document: Pick<DocumentState, 'documentId' | 'versionId'>): Promise<CompleteAnswer>;
}

/** Requests sent so far, the platform's answers to them included. */
export interface RequestCounts {
  readonly reads: number;
  readonly writes: number;
  readonly retries: number;
  readonly throttled: number;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly accountId: string | null;
  readonly accountName: string | null;
}

/** Where the access token comes from. */
export interface TokenSource {
  current(): Promise<string>;
  /** A new token after a 401; null where the sign-in cannot be renewed. */
  renew(): Promise<string | null>;
}

/** What the platform allows at this moment, for bars and estimates; null where it has not said so yet. */
export interface Allowance {
  readonly perWindow: number | null;
  readonly remaining: number | null;
  /** When the window ends, in milliseconds since the epoch by this machine's clock. */
  readonly resetsAtMs: number | null;
}

/**
 * Where values live. An adapter reads and writes in its platform's terms and speaks the model's:
 * canonical content, read states kept apart, no field of the platform's own.
 *
 * Promises of every adapter, checked by one contract suite:
 * reads are repeated on 5xx, 429 and network errors with growing, jittered pauses; a write is never sent twice unless the
 * platform said that it did not do it (429, or 401 before the sign-in was renewed once);
 * the token goes to the platform's host only: no redirect is followed, no paging link to another host;
 * an abort ends every wait before a request leaves, at once; a request that has left is let finish (within its timeout),
 * for its answer must be journaled.
 *
 * Throws `PlatformError`, whose `kind` says why the whole job cannot go on.
 */
export interface Platform {
  readonly name: string;
  /** Scheme and host that the token goes to; stored with an inventory, so that a plan is never run against another account. */
  readonly origin: string;
  /** The firm that the sign-in opens, where that is known without a request; null where it is not. */
  readonly account: Account | null;
  readonly capabilities: Capabilities;
  readonly requests: RequestCounts;
  readonly allowance: Allowance;
  /** When the last answer was given by the platform's own clock, in milliseconds since the epoch; null where it did not say. */
  readonly answeredAtMs: number | null;
  whoAmI(): Promise<User>;
  readDefinitions(parentType?: ParentType): Promise<readonly Definition[]>;
  /** Definitions must be known to it (`readDefinitions` before), for labels and hollow rows. Pages come in ascending record id, each record once. */
  readRecords(query: RecordQuery, definitions: readonly Definition[]): AsyncIterable<RecordPage>;
  /** How many records fit, in one request; null where the platform does not say. */
  countRecords(
    query: Omit<RecordQuery, 'recordIds' | 'definitionIds' | 'onAsk'>,
  ): Promise<number | null>;
  writeRecord(write: RecordWrite, definitions: readonly Definition[]): Promise<WriteAnswer>;
  writeOptions(write: OptionsWrite): Promise<OptionsAnswer>;
  /** Null where the platform has no place for files. */
  readonly documents: Documents | null;
  /**
   * Waits before what failed `attempt` times in a row (from 1) is sent again: longer each time, jittered.
   * Throws `PlatformError` `aborted` as soon as the signal comes.
   */
  pause(attempt: number): Promise<void>;
  /** Waits for so many milliseconds. Throws `PlatformError` `aborted` as soon as the signal comes. */
  sleep(delayMs: number): Promise<void>;
}

export type PlatformErrorKind =
  /** 401: nobody is signed in any more. */
  | 'signIn'
  /** 403 for the whole job: the sign-in lacks a permission. */
  | 'forbidden'
  /** Down for good: network, or 5xx after all retries. */
  | 'unavailable'
  /** Something that the platform should not answer: not JSON, another shape, another host. */
  | 'unexpectedAnswer'
  /** The signal aborted it. */
  | 'aborted'
  /** One write was held back by whoever asked for it, before it left. */
  | 'heldBack';

/** The whole job cannot go on. `message` says what happened, `hint` what to do; neither holds a token or a client's data. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly kind: PlatformErrorKind;
  readonly hint: string;

  constructor(kind: PlatformErrorKind, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.hint = hint;
  }
}
