import type { Journal } from '../../journal/index.ts';
import type { ChainState } from '../../model/certificate.ts';

/** Whether a journal's chain holds, and its file. Reads all of it. */
export function chainState(journal: Journal): ChainState {
  const verified = journal.chain.verify();
  if (verified.ok && !journal.isWhole()) {
    const reason =
      'the file is damaged, and what it holds beside the entries is not to be relied on';
    return { holds: false, entries: verified.entries, brokenAt: null, about: null, reason };
  }
  if (verified.ok) return { holds: true, entries: verified.entries, head: verified.head };
  const { entries, brokenAt, about, reason } = verified;
  return { holds: false, entries, brokenAt, about, reason };
}
