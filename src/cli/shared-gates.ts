import { hostname } from 'node:os';
import type { PlatformOptions } from '../platforms/index.ts';
import { SharedGate } from '../platforms/shared-gate.ts';
import { nameFor } from '../platforms/shared-limit.ts';
import type { Context } from './context.ts';

export interface SharedGates {
  readonly open: NonNullable<PlatformOptions['openGate']>;
  /** Lets go of Redis, so that the process can end. */
  readonly close: () => Promise<void>;
}

/** The gates of one command, at the address that its settings name. */
export function openSharedGates({ settings, output }: Context): SharedGates {
  const { sharedLimit, accessToken, baseUrl, profileName } = settings;
  if (sharedLimit === null) throw new Error('no shared limit is set');
  const { url, shown } = sharedLimit;
  // Clio counts by access token: who has the same one, or the same profile of one machine, shares without a name.
  const own = accessToken ?? `${hostname()} ${profileName}`;
  const name = sharedLimit.name ?? nameFor(`${baseUrl} ${own}`);
  const gates: SharedGate[] = [];
  return {
    open: (options) => {
      const gate = new SharedGate({
        ...options,
        url,
        name,
        onGone: (reason) =>
          output.warn(
            `The shared limit at ${shown} is out of reach (${reason}): this command keeps to the limit alone, by the platform's own headers.`,
          ),
      });
      gates.push(gate);
      return gate;
    },
    close: async () => {
      await Promise.all(gates.map(async (gate) => gate.close()));
    },
  };
}
