/** Parts of a definition that a problem may be about without naming one of them. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/\btriggers?\b/, 'triggers'],
  [/\bescalation\b/, 'escalation'],
  [/\brollout\b/, 'rollout'],
  [/\bteam\b|approver|requests have no deadline/, 'team'],
  [/\bsources?\b/, 'sources'],
  [/\bactions?\b/, 'actions'],
];

/** The line (from 1) of a workflow.ts that a problem is about; where nothing in it is named, that of `defineWorkflow`. */
export function lineOfProblem(problem: string, source: string): number | null {
  const lines = source.split('\n');
  const named = [...problem.matchAll(/"([^"]+)"|\b(?:action|trigger|source|agent|cap|rule|segment) ([a-z0-9-]+)/g)];
  const names = named.flatMap(([, quoted, plain]) => quoted ?? plain ?? []);
  const parts = PARTS.flatMap(([words, part]) => (words.test(problem) ? [part] : []));
  for (const name of [...names, ...parts]) {
    const at = lines.findIndex((line) => declares(line, name));
    if (at >= 0) return at + 1;
  }
  const call = lines.findIndex((line) => line.includes('defineWorkflow({'));
  return call < 0 ? null : call + 1;
}

/** `mail: …`, `'mail': …` or `id: 'mail'`. */
function declares(line: string, name: string): boolean {
  const text = line.trim();
  if (/^(import|export|\/\/|\*|\/\*)/.test(text)) return false;
  return [`${name}:`, `'${name}':`, `"${name}":`].some((key) => text.startsWith(key)) || line.includes(`'${name}'`);
}
