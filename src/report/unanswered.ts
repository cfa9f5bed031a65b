import { counted } from '../counted.ts';

/** What is open of a run that was killed, or that lost its connection. */
export function unansweredInWords(changes: number, runId: string): string {
  return `${counted(changes, 'change')} of ${runId} ${changes === 1 ? 'was' : 'were'} sent and not answered: whether ${changes === 1 ? 'it was' : 'they were'} made is known when \`--resume\` or a rollback reads the records`;
}
