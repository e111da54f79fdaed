import type { ActionSystem } from '../implementation.ts';
import { sendByMailer } from './send.ts';

export const system: ActionSystem = { send: ({ mailer, replies }) => sendByMailer(mailer, replies) };
