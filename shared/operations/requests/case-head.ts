import type { Case } from '../../contracts/index.ts';
import type { CaseWrite } from '../../ports/index.ts';

/**
 * The case waits for a person, or goes on. One that was closed meanwhile is open again until what is left of it is over;
 * a case that is closed at the same moment refuses the write, and the step looks again.
 */
export function openHead(case_: Case, state: 'open' | 'waiting'): Pick<CaseWrite, 'head' | 'expectOpen'> {
  return case_.state === 'closed' ? { head: { state, reopened: true } } : { head: { state }, expectOpen: true };
}
