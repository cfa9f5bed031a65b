import type { ParentType } from './field.ts';

/** Which report goes where; two of the same are versions of one document. */
export interface UploadSubject {
  readonly runId: string;
  readonly what: 'certificate' | 'diff';
  readonly format: string;
  readonly parentType: ParentType;
  readonly recordId: string;
  /** A diff of the whole run, not only of that record. */
  readonly isWhole: boolean;
}

/**
 * A report on its way into a client's file. `begun`: it may have been registered; `registered`: its bytes may have been put;
 * `put`: it may have been declared complete.
 */
export interface Upload extends UploadSubject {
  readonly uploadId: string;
  readonly name: string;
  /** By which the document is found again. */
  readonly marker: string;
  readonly by: string;
  /** ISO 8601. */
  readonly begunAt: string;
  readonly stage: 'begun' | 'registered' | 'put' | 'complete';
  /** Where `begun`, the document that it becomes a newer version of. */
  readonly documentId: string | null;
  readonly versionId: string | null;
  /** Of the bytes that were put last, hex. */
  readonly sha256: string | null;
  readonly bytes: number | null;
}

/** An upload that was begun and did not come to its end. */
export interface UnfinishedUpload extends UploadSubject {
  readonly uploadId: string;
  readonly by: string;
  /** ISO 8601. */
  readonly begunAt: string;
  /** What finishes it, without the program's name; null where nothing can any more. */
  readonly command: string | null;
}
