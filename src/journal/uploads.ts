import { randomUUID } from 'node:crypto';
import type { FiledCopy } from '../model/certificate.ts';
import type { ParentType } from '../model/field.ts';
import type { Upload, UploadSubject } from '../model/upload.ts';
import type { Chain } from './chain.ts';
import { idOf, keyOf, recordIdCell } from './ids.ts';
import type { Store } from './store.ts';

interface Row {
  readonly upload_key: number;
  readonly run_key: number;
  readonly what: Upload['what'];
  readonly format: string;
  readonly parent_type: ParentType;
  readonly record_id: string | number;
  readonly is_whole: number;
  readonly name: string;
  readonly marker: string;
  readonly begun_at: string;
  readonly begun_by: string;
  readonly document_id: string | null;
  readonly version_id: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly stage: Upload['stage'];
}

/** Reports on their way into clients' files; each step durable before the next is taken. No client's value is held. */
export class Uploads {
  readonly #store: Store;
  readonly #chain: Chain;
  readonly #now: () => Date;

  constructor(store: Store, chain: Chain, now: () => Date) {
    this.#store = store;
    this.#chain = chain;
    this.#now = now;
  }

  /** Call it before anything of it leaves. One that was put there before gets a newer version. */
  begin(
    subject: UploadSubject,
    { name, by }: { readonly name: string; readonly by: string },
  ): Upload {
    const former = this.#latest(subject, `stage = 'complete'`);
    const key = this.#store.insert(
      `INSERT INTO uploads (run_key, what, format, parent_type, record_id, is_whole, name, marker,
         begun_at, begun_by, document_id, stage)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'begun')`,
      ...subjectCells(subject),
      name,
      randomUUID(),
      this.#now().toISOString(),
      by,
      former?.document_id ?? null,
    );
    return this.find(idOf('upload', key));
  }

  /** The newest of the same that did not come to its end. */
  unfinished(subject: UploadSubject): Upload | null {
    const row = this.#latest(subject, `stage <> 'complete'`);
    return row === undefined ? null : uploadOf(row);
  }

  /** All that did not come to their end, of one run or of any; oldest first. */
  allUnfinished(runId: string | null): Upload[] {
    return this.#store
      .all<Row>(
        `SELECT * FROM uploads
         WHERE stage <> 'complete' AND (? OR run_key = ?) ORDER BY upload_key`,
        runId === null ? 1 : 0,
        runId === null ? null : (keyOf('run', runId) ?? null),
      )
      .map((row) => uploadOf(row));
  }

  find(uploadId: string): Upload {
    const [row] = this.#store.all<Row>(
      'SELECT * FROM uploads WHERE upload_key = ?',
      keyOf('upload', uploadId) ?? null,
    );
    if (row === undefined) throw new Error(`no upload ${uploadId}`);
    return uploadOf(row);
  }

  /** The platform has the document, or a newer version of it. */
  register(
    uploadId: string,
    document: { readonly documentId: string; readonly versionId: string },
  ): void {
    this.#update(
      uploadId,
      `document_id = ?, version_id = ?, stage = 'registered'`,
      document.documentId,
      document.versionId,
    );
  }

  /** What is about to be put. */
  beginPut(uploadId: string, content: { readonly sha256: string; readonly bytes: number }): void {
    this.#update(
      uploadId,
      `sha256 = ?, bytes = ?, stage = 'registered'`,
      content.sha256,
      content.bytes,
    );
  }

  put(uploadId: string): void {
    this.#update(uploadId, `stage = 'put'`);
  }

  /** The document is whole; from now on the record says so. */
  finish(uploadId: string): Upload {
    const { stage, documentId, sha256, bytes, ...upload } = this.find(uploadId);
    if (stage === 'complete') return this.find(uploadId);
    const { runId, what, format, parentType, recordId, isWhole, name, by } = upload;
    const at = this.#now().toISOString();
    this.#store.transaction(() => {
      this.#update(uploadId, `stage = 'complete'`);
      this.#chain.append(
        'filed',
        { runKey: keyOf('run', runId) ?? 0 },
        {
          runId,
          what,
          format,
          parentType,
          recordId,
          isWhole,
          name,
          documentId,
          sha256,
          bytes,
          by,
          at,
        },
      );
    });
    return this.find(uploadId);
  }

  /** What of a run was put into clients' files, as the chain says; oldest first. */
  filed(runId: string): FiledCopy[] {
    return this.#store
      .all<{ text: string }>(
        `SELECT text FROM entries
         WHERE kind = 'filed' AND plan_key IS NULL AND run_key = ? AND text IS NOT NULL
         ORDER BY entry_key`,
        keyOf('run', runId) ?? null,
      )
      .map(({ text }) => {
        const filed: FiledCopy = JSON.parse(text);
        const { what, format, parentType, recordId, documentId, sha256, by, at } = filed;
        return { what, format, parentType, recordId, documentId, sha256, by, at };
      });
  }

  #latest(subject: UploadSubject, condition: string): Row | undefined {
    return this.#store
      .all<Row>(
        `SELECT * FROM uploads
         WHERE run_key = ? AND what = ? AND format = ? AND parent_type = ? AND record_id = ?
           AND is_whole = ? AND ${condition}
         ORDER BY upload_key DESC LIMIT 1`,
        ...subjectCells(subject),
      )
      .at(0);
  }

  #update(uploadId: string, change: string, ...cells: (string | number)[]): void {
    this.#store.run(
      `UPDATE uploads SET ${change} WHERE upload_key = ?`,
      ...cells,
      keyOf('upload', uploadId) ?? null,
    );
  }
}

function subjectCells({
  runId,
  what,
  format,
  parentType,
  recordId,
  isWhole,
}: UploadSubject): (string | number | null)[] {
  return [
    keyOf('run', runId) ?? null,
    what,
    format,
    parentType,
    recordIdCell(recordId),
    isWhole ? 1 : 0,
  ];
}

function uploadOf(row: Row): Upload {
  return {
    uploadId: idOf('upload', row.upload_key),
    runId: idOf('run', row.run_key),
    what: row.what,
    format: row.format,
    parentType: row.parent_type,
    recordId: String(row.record_id),
    isWhole: row.is_whole === 1,
    name: row.name,
    marker: row.marker,
    by: row.begun_by,
    begunAt: row.begun_at,
    stage: row.stage,
    documentId: row.document_id,
    versionId: row.version_id,
    sha256: row.sha256,
    bytes: row.bytes,
  };
}
