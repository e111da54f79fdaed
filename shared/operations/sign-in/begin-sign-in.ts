import * as z from 'zod';
import { challengeOf } from '../../domain/session-proof.ts';
import type { Clock, Ids, SignIn } from '../../ports/index.ts';
import { operation } from '../operation.ts';

/** Pages of ours that a sign-in may lead back to. Nothing else does, whoever asks. */
export const ReturnPath = z
  .string()
  .regex(
    /^\/(inbox(\/[0-9a-f]{32})?|start(\/[a-z0-9-]{1,64}){0,2}|evaluations\/[0-9a-f]{32}|cases(\/[0-9a-f]{32}(\/overturn)?)?|workflows(\/[a-z0-9-]{1,64})?|remember\/[0-9a-f]{32}|remembered\/[a-z0-9-]{1,64}\.[0-9a-f]{32}|r\/[A-Za-z0-9_-]{16,64})$/,
  );

export const BeginSignIn = z.object({ returnTo: ReturnPath, isFresh: z.boolean() });

/** What the browser keeps meanwhile, so that the sign-in ends where it began. */
export const PendingSignIn = z.object({
  state: z.string().min(16),
  nonce: z.string().min(16),
  verifier: z.string().min(16),
  returnTo: ReturnPath,
  expiresAtMs: z.int(),
});
export type PendingSignIn = z.infer<typeof PendingSignIn>;

export interface BeginSignInPorts {
  readonly signIn: SignIn;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly publicUrl: string;
}

const VALID_FOR_MS = 15 * 60_000;

/** Begins a sign-in: where the browser goes, and what it has to bring back. */
export const beginSignIn = operation({
  name: 'begin-sign-in',
  input: BeginSignIn,
  async run(ports: BeginSignInPorts, { returnTo, isFresh }): Promise<{ url: string; pending: PendingSignIn }> {
    const { ids, clock, publicUrl } = ports;
    // A verifier has at least 43 characters.
    const verifier = ids.linkSecret() + ids.linkSecret() + ids.linkSecret();
    const pending = {
      ...{ state: ids.linkSecret(), nonce: ids.linkSecret(), verifier, returnTo },
      expiresAtMs: clock.nowMs() + VALID_FOR_MS,
    };
    const url = await ports.signIn.authorizeUrl({
      ...{ state: pending.state, nonce: pending.nonce, challenge: challengeOf(verifier), isFresh },
      redirectUri: callbackOf(publicUrl),
    });
    return { url, pending };
  },
});

export function callbackOf(publicUrl: string): string {
  return `${publicUrl}/signin/callback`;
}
