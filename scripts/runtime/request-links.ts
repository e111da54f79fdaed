import { isRecord, type RuntimeClient } from './client.ts';

/** The links to request pages in the mails that the local runtime has caught, newest mail first. */
export async function requestLinks(runtime: RuntimeClient): Promise<string[]> {
  const { body } = await runtime.get('/_local/mail', { accept: 'application/json' });
  const mails = Array.isArray(body) ? body : isRecord(body) && Array.isArray(body['mails']) ? body['mails'] : [];
  return mails
    .flatMap((mail: unknown) => (isRecord(mail) && Array.isArray(mail['links']) ? mail['links'] : []))
    .map(String);
}
