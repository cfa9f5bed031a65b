import { createHash } from 'node:crypto';
import { EXIT, UserError } from '../../errors.ts';
import { failpoint } from '../../failpoints.ts';
import type { Journal } from '../../journal/index.ts';
import type { Upload, UploadSubject } from '../../model/upload.ts';
import {
  type Documents,
  type DocumentState,
  type Platform,
  PlatformError,
} from '../../platforms/types.ts';
import { whichAccount } from '../account/identity.ts';
import { requireSameAccount } from '../run/same-account.ts';

export interface FileRequest {
  readonly subject: UploadSubject;
  readonly name: string;
  /** A media type. */
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly by: string;
}

export interface Filed {
  readonly upload: Upload;
  /** Whether an earlier attempt was finished. */
  readonly isResumed: boolean;
  /** Whether it is a newer version of a document that was there. */
  readonly isNewVersion: boolean;
}

/** How often a step is taken again where its answer was lost. */
const TRIES = 5;

/**
 * Puts a report beside a record: registers the document, puts its bytes, declares it complete. The intent of each step is in the
 * journal before it is taken; one that was begun and never finished is found and finished, not made again.
 */
export async function fileReport(
  { platform, journal }: { readonly platform: Platform; readonly journal: Journal },
  request: FileRequest,
): Promise<Filed> {
  const { subject, name, by } = request;
  const documents = requireDocuments(platform);
  const { planId } = journal.runs.find(subject.runId);
  requireSameAccount(
    { platform, journal },
    journal.plans.find(planId),
    await whichAccount(platform),
  );
  const unfinished = journal.uploads.unfinished(subject);
  const upload = unfinished ?? journal.uploads.begin(subject, { name, by });
  const filing = new Filing(platform, documents, journal, upload, request);
  await filing.run(unfinished !== null).catch((error: unknown) => {
    throw withWayOn(error);
  });
  return {
    upload: journal.uploads.finish(upload.uploadId),
    isResumed: unfinished !== null,
    isNewVersion: filing.isNewVersion,
  };
}

/** What the platform's trouble means here; a sign-in is mended as everywhere. */
function withWayOn(error: unknown): unknown {
  if (!(error instanceof PlatformError)) return error;
  if (error.kind === 'signIn' || error.kind === 'forbidden') return error;
  return new PlatformError(error.kind, error.message, GO_ON, { cause: error });
}

const GO_ON =
  'Run the same command again: it goes on where this one stopped, and makes nothing twice.';

/** The platform must have a place for files. Throws `UserError` where it has none. */
function requireDocuments({ documents, name }: Platform): Documents {
  if (documents !== null) return documents;
  throw new UserError(
    'no_documents',
    `${name} has no place for files beside records.`,
    'Write the report to a file instead: leave --upload out.',
  );
}

/** One report's way into a file. */
class Filing {
  readonly #platform: Platform;
  readonly #documents: Documents;
  readonly #journal: Journal;
  readonly #upload: Upload;
  readonly #request: FileRequest;
  isNewVersion = false;
  /** The version that is known to be this report's. */
  #versionId: string | null;

  constructor(
    platform: Platform,
    documents: Documents,
    journal: Journal,
    upload: Upload,
    request: FileRequest,
  ) {
    this.#platform = platform;
    this.#documents = documents;
    this.#journal = journal;
    this.#upload = upload;
    this.#versionId = upload.versionId;
    this.#request = request;
  }

  async run(isResumed: boolean): Promise<void> {
    const { stage, documentId } = this.#upload;
    this.isNewVersion = stage === 'begun' && documentId !== null;
    let document = (isResumed ? await this.#findAgain() : null) ?? (await this.#register());
    if (document.isComplete) return;
    const isPut = stage === 'put' && document.versionId === this.#upload.versionId;
    if (!isPut) document = await this.#put(document);
    await this.#complete(document);
  }

  /** What an attempt that was cut short left on the platform; null where it left nothing. */
  async #findAgain(): Promise<DocumentState | null> {
    const { documentId } = this.#upload;
    const document =
      documentId === null
        ? await this.#documents.find(this.#upload)
        : await this.#documents.read(documentId);
    if (document === null) return null;
    const isOurs = document.versionId === this.#versionId;
    // A whole version that is not ours is the one before, or somebody else's.
    if (!isOurs && document.isComplete && documentId !== null) return null;
    return isOurs ? document : this.#note(document);
  }

  /** A document of its own, or a newer version of the one that is there. */
  async #register(replaces: string | null = this.#upload.documentId): Promise<DocumentState> {
    const { parentType, recordId, marker, name } = this.#upload;
    const { contentType } = this.#request;
    failpoint('before registration');
    for (let attempt = 1; ; attempt += 1) {
      const draft = { parentType, recordId, name, contentType, marker, replaces };
      const answer = await this.#documents.register(draft);
      switch (answer.kind) {
        case 'document':
          failpoint('after registration');
          return this.#note(answer.document);
        case 'refused':
        case 'noAccess':
          // The document of before may have been thrown away since.
          if (replaces === null) throw refusal(answer, this.#upload);
          this.isNewVersion = false;
          return this.#register(null);
        case 'unknown': {
          if (attempt === TRIES) throw givenUp('registered', answer.reason);
          await this.#platform.pause(attempt);
          const found =
            replaces === null
              ? await this.#documents.find(this.#upload)
              : await this.#unfinishedVersion(replaces);
          if (found === null) break;
          return this.#note(found);
        }
      }
    }
  }

  #note(document: DocumentState): DocumentState {
    this.#versionId = document.versionId;
    this.#journal.uploads.register(this.#upload.uploadId, document);
    return document;
  }

  /** After a lost answer: the version that was asked for, where the platform did make it. */
  async #unfinishedVersion(documentId: string): Promise<DocumentState | null> {
    const document = await this.#documents.read(documentId);
    if (document === null || document.isComplete) return null;
    return document.versionId === this.#versionId ? null : document;
  }

  /** Answers with the version that has the bytes: another one where the address was good no longer. */
  async #put(first: DocumentState): Promise<DocumentState> {
    const { uploadId } = this.#upload;
    const { content } = this.#request;
    const sha256 = createHash('sha256').update(content).digest('hex');
    let document = first;
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      this.#journal.uploads.beginPut(uploadId, { sha256, bytes: content.byteLength });
      failpoint('before put');
      const answer =
        document.address === null
          ? ({ kind: 'expired', reason: 'its address is not told any more' } as const)
          : await this.#documents.put(document.address, content);
      switch (answer.kind) {
        case 'put':
          failpoint('after put');
          this.#journal.uploads.put(uploadId);
          return document;
        case 'expired':
          if (isRenewed) throw givenUp('put', answer.reason);
          isRenewed = true;
          document = await this.#register(document.documentId);
          break;
        case 'refused':
          throw givenUp('put', answer.reason);
        case 'unknown':
          if (attempt === TRIES) throw givenUp('put', answer.reason);
          await this.#platform.pause(attempt);
      }
    }
  }

  async #complete(first: DocumentState): Promise<void> {
    let document = first;
    for (let attempt = 1; ; attempt += 1) {
      failpoint('before completion');
      const answer = await this.#documents.complete(document);
      switch (answer.kind) {
        case 'complete':
          failpoint('after completion');
          return;
        case 'refused':
        case 'noAccess':
          throw refusal(answer, this.#upload);
        case 'missing':
        case 'unknown': {
          if (attempt === TRIES) throw givenUp('declared complete', answer.reason);
          await this.#platform.pause(attempt);
          const now = await this.#documents.read(document.documentId);
          if (now?.versionId === document.versionId && now.isComplete) return;
          if (answer.kind === 'missing') document = await this.#put(now ?? document);
        }
      }
    }
  }
}

function refusal(
  { kind, reason }: { readonly kind: 'refused' | 'noAccess'; readonly reason: string },
  { parentType, recordId }: Upload,
): UserError {
  if (kind === 'noAccess') {
    return new UserError(
      'upload_forbidden',
      `The report could not be put into ${parentType} ${recordId}: ${reason}.`,
      `Tick the permission "Documents" (read and write) for the app in Clio's developer portal and sign in again: permissions are fixed when one signs in. If it is ticked, this user may not add documents to that ${parentType}.`,
      EXIT.notSignedIn,
    );
  }
  return new UserError(
    'upload_refused',
    `The report could not be put into ${parentType} ${recordId}: ${reason}.`,
    'Check the id and the kind of the record (--record, --parent).',
    EXIT.failed,
  );
}

function givenUp(step: string, reason: string): UserError {
  return new UserError(
    'upload_incomplete',
    `The document could not be ${step}: ${reason}.`,
    GO_ON,
    EXIT.failed,
  );
}
