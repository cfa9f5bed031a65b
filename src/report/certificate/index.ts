import type { Certificate } from '../../model/certificate.ts';
import { certificateAsHtml } from '../html/certificate.ts';
import type { Look } from '../types.ts';
import { certificateAsJson } from './json.ts';
import { certificateAsText } from './text.ts';

const formats = {
  text: certificateAsText,
  json: certificateAsJson,
  html: certificateAsHtml,
} as const satisfies Record<string, (certificate: Certificate, look: Look) => Iterable<string>>;

/** A certificate has no CSV form: it is a document, not a list. */
export type CertificateFormat = keyof typeof formats;

/** The pieces of a certificate in a format; `look` matters to text only. */
export function certificateAs(
  format: CertificateFormat,
  certificate: Certificate,
  look: Look,
): Iterable<string> {
  return formats[format](certificate, look);
}
