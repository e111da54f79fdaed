import { Problem } from '../command/problem.ts';

export interface RuntimeAddress {
  readonly port: number;
  /** `http://127.0.0.1:4700` */
  readonly url: string;
}

/** Where the local runtime of this terminal listens: REMIT_PORT, default 4700, on loopback. */
export function runtimeAddress(setting = process.env['REMIT_PORT'] ?? '4700'): RuntimeAddress {
  const port = Number(setting);
  if (setting === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Problem(
      `REMIT_PORT is "${setting}": set it to a port from 0 (any free one) to 65535, or leave it out for 4700.`,
    );
  }
  return { port, url: `http://127.0.0.1:${port}` };
}
