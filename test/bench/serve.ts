import { makeFirm } from '../../src/sandbox/firm/index.ts';
import { startSandbox } from '../../src/sandbox/server.ts';

/**
 * The made-up firm's Clio, without a limit, in a process of its own, so that its time is nobody else's.
 * Tells its address at the start, and at any message which addresses were asked for; ends with its parent.
 */
const [, , matters, fields] = process.argv;
const account = makeFirm({
  seed: 1,
  matters: Number(matters),
  contacts: 200,
  fields: Number(fields),
});
const { baseUrl, token, log } = await startSandbox(account, { logLimit: 100_000 });
process.send?.({ baseUrl, token, urls: [] });
process.on('message', () => process.send?.({ baseUrl, token, urls: log.map(({ url }) => url) }));
process.on('disconnect', () => process.exit());
