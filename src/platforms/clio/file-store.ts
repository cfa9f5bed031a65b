import { isLoopback } from '../base-url.ts';
import type { PutAnswer, UploadAddress } from '../types.ts';
import type { ExchangeOptions } from './exchange.ts';
import { Stopping } from './stopping.ts';

/** Seconds a byte at the slowest: 50 kB a second, and a minute on top. */
const SLOWEST_BYTES_PER_MS = 50;

/**
 * The store that documents' bytes are put into: at another host, with the headers that came with its address and nothing else.
 * The token never goes there, no redirect is followed, and no pace of Clio's binds it.
 */
export class FileStore {
  readonly #options: ExchangeOptions;
  readonly #stopping: Stopping;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#stopping = new Stopping(options.stop, options.timing);
  }

  /** Throws PlatformError `aborted` where the signal came before. */
  async put({ url, headers }: UploadAddress, content: Uint8Array): Promise<PutAnswer> {
    const place = URL.canParse(url) ? new URL(url) : null;
    const problem = problemOf(place);
    if (place === null || problem !== null)
      return { kind: 'refused', reason: problem ?? 'its address is none' };
    this.#stopping.check();
    const timeout = new AbortController();
    const timeoutMs = this.#options.timeoutMs + content.byteLength / SLOWEST_BYTES_PER_MS;
    const cancelTimeout = this.#options.timing.after(timeoutMs, () => {
      timeout.abort();
    });
    try {
      const response = await this.#options.fetch(place, {
        method: 'PUT',
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body: content,
        redirect: 'manual',
        signal: timeout.signal,
      });
      await response.body?.cancel();
      return readStatus(response.status);
    } catch {
      return { kind: 'unknown', reason: 'the connection to the store failed' };
    } finally {
      cancelTimeout();
    }
  }
}

/** Why nothing is sent there; null for an address that is good. Names the host at most: the rest is as good as a key. */
function problemOf(place: URL | null): string | null {
  if (place === null) return 'Clio gave an address that is none';
  if (place.username !== '' || place.password !== '')
    return 'the address that Clio gave holds a user name';
  if (place.protocol === 'https:') return null;
  if (place.protocol === 'http:' && isLoopback(place.hostname)) return null;
  return `the address that Clio gave is not encrypted (${place.protocol}//${place.host})`;
}

function readStatus(status: number): PutAnswer {
  if (status >= 200 && status < 300) return { kind: 'put' };
  // S3 says 403 both where the time is over and where a signed header is missing.
  if (status === 403) return { kind: 'expired', reason: 'the store refuses the address (403)' };
  if (status >= 500 || status === 408 || status === 429)
    return { kind: 'unknown', reason: `the store answered with status ${status}` };
  return { kind: 'refused', reason: `the store refused it (${status})` };
}
