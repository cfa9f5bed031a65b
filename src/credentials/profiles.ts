import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import type { Profile } from './profile.ts';

const ENDING = '.profile.json';

/** The sign-ins of this user on this machine, a file each. */
export class Profiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null where there is none of that name. Throws `UserError` for a file that is damaged. */
  async find(name: string): Promise<Profile | null> {
    const path = this.#pathOf(name);
    const text = readPrivateFile(path);
    if (text === null) return null;
    const profile = await parseProfile(text);
    if (profile !== null) return profile;
    throw new UserError(
      'profile_damaged',
      `The profile "${name}" cannot be understood: ${path} is damaged, or of a newer clio-fields.`,
      `Delete that file and sign in again: \`clio-fields login${name === 'default' ? '' : ` --profile ${name}`}\`.`,
    );
  }

  /** As `find`, for whoever is about to write it anew: damage is as good as nothing. */
  async findSound(name: string): Promise<Profile | null> {
    const text = readPrivateFile(this.#pathOf(name));
    return text === null ? null : parseProfile(text);
  }

  /** By name. */
  async list(): Promise<Profile[]> {
    const found = await Promise.all(this.names().map((name) => this.find(name)));
    return found.filter((profile) => profile !== null);
  }

  names(): string[] {
    try {
      return readdirSync(this.#folder)
        .filter((file) => file.endsWith(ENDING))
        .map((file) => file.slice(0, -ENDING.length))
        .toSorted();
    } catch {
      return [];
    }
  }

  save(profile: Profile): void {
    writePrivateFile(this.#pathOf(profile.name), `${JSON.stringify(profile, null, 2)}\n`);
  }

  forget(name: string): void {
    rmSync(this.#pathOf(name), { force: true });
  }

  #pathOf(name: string): string {
    return join(this.#folder, `${name}${ENDING}`);
  }
}

/** Null for what is no profile. The schema comes with a library that only a machine with sign-ins needs: a third of a start. */
async function parseProfile(text: string): Promise<Profile | null> {
  const { profileSchema } = await import('./profile.ts');
  const parsed = profileSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
