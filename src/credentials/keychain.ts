import type * as Keyring from '@napi-rs/keyring';

/** The system's own store of secrets: macOS Keychain, Windows Credential Manager, the Secret Service of a Linux desktop. */
export interface Keychain {
  /** Null where it holds nothing of that name. Rejects where it cannot be asked. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

const SERVICE = 'clio-fields';
/** A locked keychain asks its owner first; where nobody sits there, it would ask for ever. */
const PATIENCE_MS = 30_000;

/** Null on a machine that the library has no binary for. Whether a keychain is there shows when it is used. */
export async function openKeychain(): Promise<Keychain | null> {
  let library: typeof Keyring;
  try {
    library = await import('@napi-rs/keyring');
  } catch {
    return null;
  }
  // Without the Secret Service the library would take the kernel's keyring, which forgets everything at the next start.
  const entry = (name: string) =>
    new library.AsyncEntry(SERVICE, name, { linux: { store: 'secret-service' } });
  return {
    read: (name) => inTime(async (signal) => entry(name).getPassword(signal)),
    write: (name, text) => inTime(async (signal) => entry(name).setPassword(text, signal)),
    remove: async (name) => {
      await inTime(async (signal) => entry(name).deletePassword(signal));
    },
  };
}

async function inTime<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new Error('the keychain did not answer'));
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([work(controller.signal), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
