import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';

/** A Redis of the test's own, on loopback, that keeps nothing. */
export class RedisServer {
  readonly url: string;
  readonly #process: ChildProcess;

  static async start(): Promise<RedisServer> {
    const port = await freePort();
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const server = spawn('redis-server', args, { stdio: 'ignore' });
    const failed = once(server, 'error').then(([error]: unknown[]) => {
      throw new Error(
        'These tests need redis-server on the path (Debian: apt-get install redis-server).',
        { cause: error },
      );
    });
    const url = `redis://127.0.0.1:${port}`;
    await Promise.race([failed, answers(url)]);
    return new RedisServer(url, server);
  }

  private constructor(url: string, server: ChildProcess) {
    this.url = url;
    this.#process = server;
  }

  /** As a crash would: at once, with every connection. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

async function answers(url: string): Promise<void> {
  const client = new Redis(url, { retryStrategy: (tries) => (tries > 100 ? null : 50) });
  // Refused until it listens.
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
