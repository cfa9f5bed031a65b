import { isUtf8, transcode } from 'node:buffer';

/**
 * The JSON of an answer, or why it is none. Reads no more than `maxBytes` (decompressed), so that an endless answer cannot
 * fill the memory, and refuses bytes that are not UTF-8 instead of replacing them: a replaced character would be written back.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  try {
    const bytes = await readBytes(response, maxBytes);
    if (bytes === null) return { kind: 'tooLarge' };
    return parse(decode(bytes));
  } catch (error) {
    return { kind: 'unreadable', problem: 'the answer broke off or is not UTF-8', cause: error };
  }
}

export type Body =
  | { readonly kind: 'json'; readonly json: unknown }
  /** A whole answer, but not JSON. */
  | { readonly kind: 'other'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly problem: string; readonly cause: unknown }
  | { readonly kind: 'tooLarge' };

/** What `TextDecoder` with `fatal` does, in a tenth of its time: a third of what reading a page took. Throws where it is no UTF-8. */
function decode(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new TypeError('not UTF-8');
  const text = transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

function parse(text: string): Body {
  try {
    const json: unknown = JSON.parse(text);
    return { kind: 'json', json };
  } catch {
    return { kind: 'other', text };
  }
}
