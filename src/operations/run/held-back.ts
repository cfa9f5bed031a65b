import { PlatformError } from '../../platforms/types.ts';

/** A write's answer; `heldBack` where at our word it did not leave. */
export async function unlessHeldBack<Answer>(
  writing: Promise<Answer>,
): Promise<Answer | 'heldBack'> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'heldBack') return 'heldBack';
    throw error;
  }
}
