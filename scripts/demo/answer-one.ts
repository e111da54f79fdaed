import * as z from 'zod';
import { Problem } from '../command/problem.ts';
import { problemIn, type RuntimeClient } from '../runtime/client.ts';

const StandIns = z.array(z.object({ id: z.string(), to: z.string(), replyTo: z.string().nullable() }));

const ANSWER = 'I have done that, and it does not work. Can somebody have a look at it, please?';

/** Answers one reply of the help desk as the customer who got it would. @returns whether there was one to answer */
export async function answerOne(runtime: RuntimeClient): Promise<boolean> {
  const mails = StandIns.parse((await runtime.get('/_local/mail/stand-ins')).body);
  const mail = mails.find(({ replyTo }) => replyTo !== null);
  if (mail === undefined) return false;
  const answer = await runtime.post('/_local/mail/reply', { mail: mail.id, text: ANSWER });
  if (answer.status !== 200) throw new Problem(`The answer of ${mail.to} was not taken in: ${problemIn(answer)}`);
  return true;
}
