import type { Certificate, NotMade } from '../../model/certificate.ts';
import {
  CAVEAT,
  fieldsOf,
  isProven,
  MEANING,
  moment,
  sectionsOf,
  verdictOf,
} from '../certificate/sections.ts';
import { certificateStylesheet } from './certificate-stylesheet.ts';
import { badge, escape, head, number, text } from './page.ts';

/** A certificate as a document to be printed and filed: no script, no outside asset. */
export function* certificateAsHtml(certificate: Certificate): Iterable<string> {
  const { run, origin, account, issuedAt, program } = certificate;
  const fields = fieldsOf(certificate);
  yield head(`Certificate of ${run.runId}`, certificateStylesheet);
  yield `<main><header><p class="kind">Record of a clean-up of custom fields</p><h1>Certificate of ${escape(run.runId)}</h1><p class="of">${account === null ? '' : `${text(account.name ?? `account ${account.id}`)} · `}${escape(origin)} · issued ${moment(issuedAt)}</p></header>\n`;
  yield `<p class="verdict ${isProven(certificate) ? 'holds' : 'broken'}">${text(verdictOf(certificate))}</p>\n`;
  for (const { title, facts } of sectionsOf(certificate)) {
    yield `<section><h2>${escape(title)}</h2><dl>${facts.map(([name, fact]) => `<dt>${escape(name)}</dt><dd>${withHashes(fact)}</dd>`).join('')}</dl></section>\n`;
  }
  if (fields.length > 0) yield fieldTable(fields);
  yield* notMadeTable(certificate.notMade());
  yield `<footer><p>${inlineCode(CAVEAT)}</p><p>${escape(privacyOf(certificate))}</p><p>Issued ${moment(issuedAt)} by clio-fields ${escape(program)}.</p></footer></main>\n</body>\n</html>\n`;
}

/** Hashes are set so that they can be compared by eye. */
function withHashes(fact: string): string {
  return text(fact).replace(/[0-9a-f]{64}/gu, '<code>$&</code>');
}

function inlineCode(sentence: string): string {
  return escape(sentence).replace(/`(.*?)`/gu, '<code>$1</code>');
}

function fieldTable(fields: Certificate['plan']['fields']): string {
  const rows = fields.map(
    ({ fieldName, parentType, rule, changed, flagged, unread }) =>
      `<tr><td>${text(fieldName)} <small>${parentType}</small></td><td>${escape(rule)}</td>${[changed, flagged, unread].map((count) => `<td class="number">${number(count)}</td>`).join('')}</tr>`,
  );
  return `<section><h2>By field, as planned</h2><table><thead><tr><th>Field</th><th>Rule</th><th class="number">Changes</th><th class="number">Flagged</th><th class="number">Unread</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>\n`;
}

function* notMadeTable(all: Iterable<NotMade>): Iterable<string> {
  let isFirst = true;
  for (const { parentType, recordId, fieldName, status, reason, detail } of all) {
    if (isFirst)
      yield '<section><h2>Not made</h2><table><thead><tr><th>Record</th><th>Field</th><th>Status</th><th>Why</th></tr></thead><tbody>';
    isFirst = false;
    const record = recordId === null ? 'options' : `${parentType ?? ''} ${recordId}`;
    const label = detail === null ? '' : ` <small>${text(detail.recordLabel)}</small>`;
    const values =
      detail === null
        ? ''
        : ` <small>${text(detail.before ?? 'empty')} → ${text(detail.after ?? 'empty')}</small>`;
    yield `<tr><td>${escape(record)}${label}</td><td>${text(fieldName)}${values}</td><td>${badge(status)}</td><td>${text(reason ?? MEANING[status])}</td></tr>\n`;
  }
  if (!isFirst) yield '</tbody></table></section>\n';
}

function privacyOf({ notMade }: Certificate): string {
  for (const { detail } of notMade())
    if (detail !== null)
      return 'This certificate holds clients’ names and values: keep it where the file is kept.';
  return 'This certificate names records by their numbers and holds no client’s value.';
}
