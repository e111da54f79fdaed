import type { Call } from '../http/call.ts';

/** A call of HubSpot's CRM with the token of a private app. */
export function hubspotCall(
  secret: Readonly<Record<string, string>>,
  method: Call['method'],
  path: string,
  json?: unknown,
): Call {
  return {
    ...{ method, url: `https://api.hubapi.com/crm/v3/objects/${path}` },
    ...(json === undefined ? {} : { json }),
    headers: { authorization: `Bearer ${secret['accessToken']}` },
  };
}

/** A note is HTML there: what a stranger wrote stays text, and its lines stay lines. */
export function noteBody(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  return escaped.replaceAll(/\r\n|\r|\n/g, '<br>');
}
