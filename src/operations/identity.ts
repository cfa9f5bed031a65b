import { type Platform, PlatformError, type User } from '../platforms/types.ts';

/**
 * Who is signed in, and to which firm: one request. Null where the sign-in may not know that, for want of the permission Users.
 * Throws `PlatformError` where the sign-in itself is no good.
 */
export async function whoIs(platform: Platform): Promise<User | null> {
  try {
    return await platform.whoAmI();
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'forbidden') return null;
    throw error;
  }
}
