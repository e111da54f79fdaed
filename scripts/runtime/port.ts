import { createServer } from 'node:net';
import { Problem } from '../command/problem.ts';
import type { RuntimeAddress } from './address.ts';

/** How a start is said again, on another port. */
export interface StartCommand {
  /** `npm start` */
  readonly command: string;
  /** Whether a folder for its data has to be named beside it: two cannot work on one. */
  readonly needsHome: boolean;
}

const START: StartCommand = { command: 'npm start', needsHome: true };

/** Fails with a sentence that says who has the port, so that nothing is built for a start that cannot succeed. */
export async function assertPortIsFree(
  address: RuntimeAddress,
  { command, needsHome }: StartCommand = START,
): Promise<void> {
  const code = await listenOnce(address.port);
  if (code === null) return;
  if (code === 'EACCES')
    throw new Problem(`Port ${address.port} is reserved: choose another one, REMIT_PORT=4700 for example.`);
  const home = needsHome ? ' (with a REMIT_HOME of its own)' : '';
  const other = `choose another port, for example REMIT_PORT=${address.port + 1}${home} ${command}`;
  if (await isRemit(address.url)) {
    throw new Problem(`Remit is already running at ${address.url}: stop it first, or ${other}.`);
  }
  throw new Problem(`Port ${address.port} is taken by another program: stop that, or ${other}.`);
}

/** The error code of listening on the port; null when it is free. */
function listenOnce(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)));
  });
}

async function isRemit(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_local/alarms`, { signal: AbortSignal.timeout(1_000) });
    return answer.ok && (answer.headers.get('content-type') ?? '').includes('json');
  } catch {
    return false;
  }
}
