import { UserError } from '../errors.ts';

/** The profile where nobody names one. */
export const DEFAULT_PROFILE = 'default';

/** File names are made of it; the last alternative are names that Windows keeps for itself. */
const NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,39}$/u;

/** Throws `UserError` for what cannot be the name of a profile. */
export function checkProfileName(name: string): string {
  if (NAME.test(name)) return name;
  throw new UserError(
    'profile_name',
    `"${name}" cannot be the name of a profile.`,
    'Use up to 40 small letters, digits and hyphens, as in smith-llp.',
  );
}
