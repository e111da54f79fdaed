/** How items of the table `Cases` are keyed. A case and its actions share a partition; a request has one of its own. */
export const keyOf = {
  case: (caseId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: 'case' } }),
  action: (caseId: string, actionId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: `action#${actionId}` } }),
  request: (requestId: string) => ({ pk: { S: `request#${requestId}` }, sk: { S: 'request' } }),
  intent: (caseId: string, intent: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: `intent#${intent}` } }),
  person: (address: string) => ({ pk: { S: `person#${address.toLowerCase()}` }, sk: { S: 'person' } }),
  link: (key: string) => ({ pk: { S: `link#${key}` }, sk: { S: 'link' } }),
  settings: (workflow: string) => ({ pk: { S: `settings#${workflow}` }, sk: { S: 'settings' } }),
  absenceChange: (address: string, atMs: number) => ({
    pk: { S: `person#${address.toLowerCase()}` },
    sk: { S: `absence#${sortableTime(atMs, '')}` },
  }),
  draft: (key: string) => ({ pk: { S: `draft#${key}` }, sk: { S: 'draft' } }),
};

/** Partitions of the two indexes. `byList` serves lists, `byState` the same lists narrowed down. */
export const listOf = {
  casesOf: (workflow: string) => `cases#${workflow}`,
  casesIn: (workflow: string, state: string) => `cases#${workflow}#${state}`,
  openRequests: 'requests#open',
  requestsOf: (caseId: string) => `requests-of#${caseId}`,
};

/** Times as text sort as numbers do. */
export function sortableTime(timeMs: number, id: string): string {
  return `${String(Math.round(timeMs)).padStart(15, '0')}#${id}`;
}
