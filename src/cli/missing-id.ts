/** Where to find the id that commander misses; null where it misses something else. */
export function hintAtId(message: string): string | null {
  return HINTS[/'([\w-]+)'/u.exec(message)?.[1] ?? ''] ?? null;
}

/** By the argument's name. */
const HINTS: Readonly<Record<string, string>> = {
  'run-id': 'Name a run, such as run-1: `clio-fields runs` lists them, the newest first.',
  'plan-id': 'Name a plan, such as plan-1: `clio-fields status` names the newest.',
  id: 'Name an inventory, a plan or a run, such as run-1: `clio-fields status` names the newest, `clio-fields runs` lists the runs.',
};
