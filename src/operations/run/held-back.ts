import { PlatformError } from '../../platforms/types.ts';

/** Thrown where a write was about to leave into a streak of failures: it was not sent. */
export class HeldBack extends Error {
  override readonly name = 'HeldBack';
}

/** A write's answer; `heldBack` where it was held back, by us or at our word, before it left. */
export async function unlessHeldBack<Answer>(
  writing: Promise<Answer>,
): Promise<Answer | 'heldBack'> {
  try {
    return await writing;
  } catch (error) {
    const isHeldBack =
      error instanceof HeldBack || (error instanceof PlatformError && error.kind === 'heldBack');
    if (isHeldBack) return 'heldBack';
    throw error;
  }
}
