import { Problem } from '../command/problem.ts';

export interface RuntimeAddress {
  readonly port: number;
  /** `http://127.0.0.1:4700` */
  readonly url: string;
}

/** Where the local runtime of this terminal listens: REMIT_PORT, default 4700, on loopback. */
export function runtimeAddress(setting = process.env['REMIT_PORT'] ?? '4700'): RuntimeAddress {
  const port = Number(setting);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(`REMIT_PORT is "${setting}": set it to a port between 1 and 65535, or leave it out for 4700.`);
  }
  return { port, url: `http://127.0.0.1:${port}` };
}
