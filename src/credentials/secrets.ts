import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../errors.ts';
import type { Keychain } from './keychain.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { type Profile, type Secret, secretSchema } from './profile.ts';

export type Place = Profile['keptIn'];

/** Keys and tokens, a secret a profile: in the system's keychain where there is one, else in a file for this user alone. */
export class Secrets {
  readonly #folder: string;
  readonly #openKeychain: () => Promise<Keychain | null>;

  constructor(folder: string, open: () => Promise<Keychain | null>) {
    this.#folder = folder;
    this.#openKeychain = open;
  }

  /**
   * Null where nothing is kept. A file is newer than the keychain: it is there where the keychain turned something away.
   * Throws `UserError` where the keychain cannot be asked.
   */
  async read({ name, keptIn }: Pick<Profile, 'name' | 'keptIn'>): Promise<Secret | null> {
    const text =
      readPrivateFile(this.pathOf(name)) ?? (keptIn === 'file' ? null : await this.#ask(name));
    if (text === null) return null;
    return secretSchema.safeParse(parseJson(text)).data ?? null;
  }

  /** Answers where it is kept now: the keychain may turn it away, and then it is the file. */
  async keep(name: string, secret: Secret, wanted: Place): Promise<Place> {
    const text = JSON.stringify(secret);
    const keychain = wanted === 'keychain' ? await this.#openKeychain() : null;
    if (keychain !== null && (await isDone(keychain.write(name, text)))) {
      rmSync(this.pathOf(name), { force: true });
      return 'keychain';
    }
    writePrivateFile(this.pathOf(name), text);
    return 'file';
  }

  /** Throws `UserError` where the keychain keeps it still. */
  async forget({ name, keptIn }: Pick<Profile, 'name' | 'keptIn'>): Promise<void> {
    rmSync(this.pathOf(name), { force: true });
    if (keptIn === 'file') return;
    const keychain = await this.#openKeychain();
    if (keychain === null || !(await isDone(keychain.remove(name)))) throw unreachable(name);
  }

  /** The file, where it is not the keychain. */
  pathOf(name: string): string {
    return join(this.#folder, `${name}.secret.json`);
  }

  async #ask(name: string): Promise<string | null> {
    try {
      const keychain = await this.#openKeychain();
      if (keychain !== null) return await keychain.read(name);
    } catch (cause) {
      throw unreachable(name, cause);
    }
    throw unreachable(name);
  }
}

async function isDone(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch {
    return false;
  }
}

function unreachable(name: string, cause?: unknown): UserError {
  return new UserError(
    'keychain',
    `The system's keychain, which keeps the sign-in "${name}", cannot be opened.`,
    'Unlock it and run the command again, or keep the sign-in in a file: `clio-fields login --no-keychain`.',
    EXIT.notSignedIn,
    { cause },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
