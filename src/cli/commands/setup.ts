import { existsSync } from 'node:fs';
import { counted } from '../../counted.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { InventoryHeader } from '../../journal/index.ts';
import { whoIs } from '../../operations/account/identity.ts';
import { PlatformError } from '../../platforms/types.ts';
import { ageOf } from '../../report/age.ts';
import { wrap } from '../../report/table.ts';
import { askYes } from '../ask.ts';
import { connect } from '../connect.ts';
import type { Action, Context } from '../context.ts';
import { withJournal } from '../session.ts';
import { asSignedIn, signInAs, type SignInFlags } from '../sign-in.ts';
import { init } from './init.ts';
import { inventory } from './inventory.ts';
import { plan } from './plan.ts';

/** From nothing to a first dry run, a question a step; what is there already is found and kept. */
export const setup: Action<SignInFlags> = async (context, flags) => {
  requireTerminal(context);
  const signedIn = await signInStep(context, flags);
  await inventoryStep(signedIn);
  await rulesStep(signedIn);
  const code = await dryRunStep(signedIn);
  signedIn.stderr.write(LAST_WORDS);
  return code;
};

const LAST_WORDS = `
That was a dry run: nothing has been written to Clio. What comes next:
  clio-fields show PLAN-ID        every change, before and after, with its reason
  clio-fields plan --dry-run      the same again, after you have changed the rules file
  clio-fields apply               asks for approval, then writes
  clio-fields rollback RUN-ID     puts back what a run wrote
Run \`clio-fields setup\` again at any time: it goes on where you are.
`;

async function signInStep(context: Context, flags: SignInFlags): Promise<Context> {
  heading(context, 1, 'The sign-in');
  const found = await findSignIn(context);
  if (found !== null) {
    say(context, `You are signed in: ${found}.`);
    return context;
  }
  say(context, 'Nobody is signed in. Your browser opens, and you allow clio-fields there.');
  await consent(context, 'Sign in now?', true);
  const signedIn = await asSignedIn(context, await signInAs(context, flags));
  if (context.settings.accessToken !== null)
    say(
      context,
      'CLIO_ACCESS_TOKEN is set, and beats this sign-in from the next command on: unset it.',
    );
  say(context, `Signed in: ${(await findSignIn(signedIn)) ?? signedIn.settings.baseUrl}.`);
  return signedIn;
}

/** Who is signed in, in words; null where nobody is any more. */
async function findSignIn(context: Context): Promise<string | null> {
  try {
    const { baseUrl, profile, accessToken } = context.settings;
    const who = await whoIs(connect(context));
    const name = who === null ? 'a user whose name the app may not know' : who.name;
    const firm = who?.accountName == null ? '' : ` of ${who.accountName}`;
    const through =
      accessToken !== null || profile === null
        ? 'by CLIO_ACCESS_TOKEN'
        : `as profile ${profile.name}`;
    return `${name}${firm}, at ${baseUrl}, ${through}`;
  } catch (error) {
    const isOver =
      (error instanceof PlatformError && error.kind === 'signIn') ||
      (error instanceof UserError && error.exitCode === EXIT.notSignedIn);
    if (isOver) return null;
    throw error;
  }
}

async function inventoryStep(context: Context): Promise<void> {
  heading(context, 2, 'The inventory');
  const newest = await newestInventory(context);
  if (newest !== null) {
    const { inventoryId, takenAt, records } = newest;
    say(
      context,
      `There is ${inventoryId}, taken ${ageOf(takenAt, context.now())}: ${counted(records.matter, 'matter')} and ${counted(records.contact, 'contact')}.`,
    );
    if (!(await ask(context, 'Take a new one?', false))) return;
  } else {
    say(
      context,
      `Every custom field and value is read, 200 records a request, into the journal ${context.settings.journalPath}. Nothing is written to Clio.`,
    );
    await consent(context, 'Read them now?', true);
  }
  await inventory(context, { parent: 'all', field: [], record: [] });
}

async function newestInventory(context: Context): Promise<InventoryHeader | null> {
  const { journalPath, baseUrl } = context.settings;
  if (!existsSync(journalPath)) return null;
  return withJournal(context, 'read', 'setup', ({ inventories }) =>
    inventories.newestOf(baseUrl, context.settings.profile?.account ?? null),
  );
}

async function rulesStep(context: Context): Promise<void> {
  const { rulesPath } = context.settings;
  heading(context, 3, 'The rules');
  if (existsSync(rulesPath)) {
    say(context, `There is a rules file: ${rulesPath}. It stays as it is.`);
    return;
  }
  say(
    context,
    `A rules file says what each field should look like. One is proposed from the inventory, with everything explained in it: ${rulesPath}. What is active in it is safe to run.`,
  );
  await consent(context, 'Write it?', true);
  await init(context, { force: false });
}

async function dryRunStep(context: Context) {
  heading(context, 4, 'A dry run');
  say(context, 'The rules are tried on the inventory, in the journal alone.');
  await consent(context, 'Try them?', true);
  return plan(context, {
    dryRun: false,
    group: false,
    field: [],
    record: [],
    expectNoChanges: false,
    twoPerson: false,
  });
}

function heading({ stderr, stderrLook }: Context, step: number, title: string): void {
  const text = `${step} of 4: ${title}`;
  stderr.write(stderrLook.hasColor ? `\n\u001B[1m${text}\u001B[22m\n` : `\n${text}\n`);
}

function say({ stderr, stderrLook }: Context, text: string): void {
  for (const line of wrap(text, stderrLook.columns)) stderr.write(`${line}\n`);
}

/** Throws `UserError` where the person at the terminal leaves. */
async function ask(context: Context, question: string, otherwise: boolean): Promise<boolean> {
  const answer = await askYes(context, question, otherwise);
  if (answer === null) throw left();
  return answer;
}

/** A step that the next ones need: throws `UserError` where the answer is no. */
async function consent(context: Context, question: string, otherwise: boolean): Promise<void> {
  if (!(await ask(context, question, otherwise))) throw left();
}

function left(): UserError {
  return new UserError(
    'setup_stopped',
    'The set-up stopped here. What is done stays.',
    'Run `clio-fields setup` again to go on from here.',
    EXIT.stopped,
  );
}

function requireTerminal({ isInteractive }: Context): void {
  if (isInteractive) return;
  throw new UserError(
    'no_terminal',
    'The set-up asks questions, and there is no terminal to ask at.',
    `Run its steps one by one:
  clio-fields login
  clio-fields inventory
  clio-fields init
  clio-fields plan --dry-run`,
  );
}
