import type { Dispatch } from '../kernel/service.ts';
import type { Meter } from '../meter/index.ts';
import type { CaughtMail, IncomingMail } from '../ses/index.ts';
import type { Signin } from '../signin/index.ts';

/** What the surface shows and moves. */
export interface SurfaceParts {
  readonly dispatch: Dispatch;
  readonly signin: Signin;
  readonly meter: Meter;
  /** What each role has used of what it is allowed. */
  readonly access: () => readonly object[];
  readonly caughtMails: (filter: { readonly to: string | null; readonly limit: number }) => readonly CaughtMail[];
  /** Addresses that start cases by mail. */
  readonly addressesForMail: () => readonly string[];
  readonly receiveMail: (mail: IncomingMail) => Promise<{ readonly messageId: string }>;
  /** Takes mails and histories of what is over that hold one of these texts out of this machine; gives how many. */
  readonly eraseTexts: (texts: readonly string[]) => Promise<{ readonly mails: number; readonly executions: number }>;
  readonly alarms: () => unknown;
  readonly metrics: () => unknown;
  readonly clock: { readonly now: () => number; readonly advance: (byMs: number) => Promise<void> };
  /** Names of all secrets of the stack. */
  readonly secretNames: readonly string[];
  /** Table with the effects of sandbox connectors; null when the stack has none. */
  readonly effectsTable: string | null;
  /** By bucket, which keys of files start cases. */
  readonly filesThatStart: readonly { readonly bucket: string; readonly keys: string }[];
}
