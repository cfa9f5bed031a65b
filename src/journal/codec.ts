import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Cell } from './connection.ts';
import { damaged } from './failures.ts';
import type { Store } from './store.ts';

/** How clients' values stand in the file: every text that can hold one goes through here. */
export interface Codec {
  encode(text: string): Cell;
  decode(cell: Cell): string;
}

/** RFC 7914's cost for interactive use, doubled: some 32 MiB and a tenth of a second. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D: 96 random bits a text, fresh for each. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What the check value says once it is decrypted. */
const CHECK = 'clio-fields';

/**
 * The codec that the journal was begun with. A journal that holds no inventory yet takes on the passphrase.
 * Throws `UserError` for a passphrase that is wrong, missing, or given for a journal that has none.
 */
export function openCodec(store: Store, passphrase: string | undefined, canWrite: boolean): Codec {
  const cipher = store
    .all<{ salt: Uint8Array; checkText: Cell }>('SELECT salt, check_text AS checkText FROM cipher')
    .at(0);
  if (cipher === undefined) {
    if (passphrase === undefined) return plainCodec(store.path);
    return beginCipher(store, passphrase, canWrite);
  }
  if (passphrase === undefined) {
    throw new UserError(
      'passphrase_missing',
      `The journal ${store.path} is protected by a passphrase.`,
      'Put the passphrase that it was begun with into the environment variable CLIO_FIELDS_PASSPHRASE.',
    );
  }
  const codec = cipherCodec(deriveKey(passphrase, cipher.salt), store.path);
  if (!isRightKey(codec, cipher.checkText)) {
    throw new UserError(
      'passphrase_wrong',
      `The passphrase does not open the journal ${store.path}.`,
      'Check it for typing errors; without it the values in the journal cannot be read.',
    );
  }
  return codec;
}

/** SHA-256, hex. */
export function hashOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Makes the hash of a short value impossible to guess back once the text that holds the salt is gone. */
export function makeSalt(): string {
  return randomBytes(SALT_BYTES).toString('base64url');
}

function beginCipher(store: Store, passphrase: string, canWrite: boolean): Codec {
  if (!canWrite || store.all('SELECT 1 FROM inventories LIMIT 1').at(0) !== undefined) {
    throw new UserError(
      'passphrase_unused',
      `The journal ${store.path} was begun without a passphrase.`,
      'Leave the passphrase out, or begin a new journal with it (--journal FILE).',
    );
  }
  const salt = randomBytes(SALT_BYTES);
  const codec = cipherCodec(deriveKey(passphrase, salt), store.path);
  store.run('INSERT INTO cipher (salt, check_text) VALUES (?, ?)', salt, codec.encode(CHECK));
  return codec;
}

function plainCodec(path: string): Codec {
  return {
    encode: (text) => text,
    decode: (cell) => {
      if (typeof cell !== 'string') throw damaged(path);
      return cell;
    },
  };
}

function cipherCodec(key: Uint8Array, path: string): Codec {
  return {
    encode: (text) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    decode: (cell) => {
      if (!(cell instanceof Uint8Array)) throw damaged(path);
      try {
        const decipher = createDecipheriv(CIPHER, key, cell.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(cell.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([
          decipher.update(cell.subarray(NONCE_BYTES + TAG_BYTES)),
          decipher.final(),
        ]).toString('utf8');
      } catch (error) {
        throw damaged(path, error instanceof Error ? error : undefined);
      }
    },
  };
}

function deriveKey(passphrase: string, salt: Uint8Array): Uint8Array {
  // The same passphrase typed on another keyboard can come in another Unicode form.
  return scryptSync(passphrase.normalize('NFKC'), salt, KEY_BYTES, SCRYPT);
}

function isRightKey(codec: Codec, checkText: Cell): boolean {
  try {
    return codec.decode(checkText) === CHECK;
  } catch {
    return false;
  }
}
