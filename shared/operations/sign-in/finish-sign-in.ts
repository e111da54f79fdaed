import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { sha256 } from '../../domain/digest.ts';
import type { Clock, Session, SignIn, Telemetry } from '../../ports/index.ts';
import { operation } from '../operation.ts';
import { callbackOf, PendingSignIn } from './begin-sign-in.ts';

const FinishSignIn = z.object({
  code: z.string().min(1).max(2_048).nullable(),
  state: z.string().max(512).nullable(),
  /** What the browser kept; null where it kept nothing. */
  pending: PendingSignIn.nullable(),
});

export interface FinishSignInPorts {
  readonly signIn: SignIn;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly publicUrl: string;
}

export type FinishedSignIn = { readonly token: string; readonly session: Session; readonly returnTo: string };

/** Ends a sign-in in the browser in which it began, with the state and nonce of its beginning; null for any other. */
export const finishSignIn = operation({
  name: 'finish-sign-in',
  input: FinishSignIn,
  async run(ports: FinishSignInPorts, { code, state, pending }): Promise<FinishedSignIn | null> {
    const refuse = (reason: string): null => {
      ports.telemetry.log('sign-in-refused', { reason });
      return null;
    };
    if (pending === null || pending.expiresAtMs <= ports.clock.nowMs()) return refuse('not begun here');
    if (state === null || !isSame(state, pending.state)) return refuse('another state');
    if (code === null) return refuse('no code');
    const redirectUri = callbackOf(ports.publicUrl);
    const token = await ports.signIn.redeem({ code, verifier: pending.verifier, redirectUri });
    const session = token === null ? null : await ports.signIn.verify(token);
    if (token === null || session === null) return refuse('no usable token');
    if (session.nonce === null || !isSame(session.nonce, pending.nonce)) return refuse('another nonce');
    return { token, session, returnTo: pending.returnTo };
  },
});

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}
