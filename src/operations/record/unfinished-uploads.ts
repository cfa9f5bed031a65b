import type { Journal } from '../../journal/index.ts';
import type { UnfinishedUpload, UploadSubject } from '../../model/upload.ts';

/** Uploads that were begun and did not come to their end, of one run or of any (null), oldest first, each with what finishes it. */
export function findUnfinishedUploads(
  journal: Journal,
  runId: string | null,
): readonly UnfinishedUpload[] {
  return journal.uploads.allUnfinished(runId).map((upload) => {
    const { uploadId, what, format, parentType, recordId, isWhole, by, begunAt } = upload;
    const subject = { runId: upload.runId, what, format, parentType, recordId, isWhole };
    // A diff is made of the values, a certificate is not.
    const canBeMade = what === 'certificate' || journal.testimony.purgedAt(upload.runId) === null;
    return { uploadId, ...subject, by, begunAt, command: canBeMade ? commandOf(subject) : null };
  });
}

/** The same report to the same record: it goes on where the other stopped. */
function commandOf({ runId, what, format, parentType, recordId, isWhole }: UploadSubject): string {
  return [
    `report ${runId} --upload --record ${recordId} --parent ${parentType}`,
    ...(what === 'diff' ? ['--what diff'] : []),
    ...(format === 'html' ? [] : [`--format ${format}`]),
    ...(isWhole ? ['--all-records'] : []),
  ].join(' ');
}
