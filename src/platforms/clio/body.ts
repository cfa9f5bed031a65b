/**
 * The JSON of an answer, or why it is none. Reads no more than `maxBytes` (decompressed), so that an endless answer cannot
 * fill the memory, and refuses bytes that are not UTF-8 instead of replacing them: a replaced character would be written back.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Body> {
  try {
    const bytes = await readBytes(response, maxBytes);
    if (bytes === null) return { kind: 'tooLarge' };
    return parse(UTF8.decode(bytes));
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

const UTF8 = new TextDecoder('utf-8', { fatal: true });

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
