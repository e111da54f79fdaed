import type { PersonRequest } from '../contracts/index.ts';
import { isReviewedTwice } from '../domain/phases.ts';
import type { Chat, Clock, Telemetry } from '../ports/index.ts';
import type { AskSubject } from './requests/new-request.ts';

export interface CardPorts {
  readonly chat: Chat;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly publicUrl: string;
}

/** A settled question is newer than an open one, whatever its revision. */
const SETTLED = 1_000_000;

/** Of two who review on their own, neither may see in the channel that or how the other one has answered. */
function isKeptBack({ request: { kind, caseId }, workflow }: AskSubject & { request: PersonRequest }): boolean {
  return kind === 'second-review' || (kind === 'review-decision' && isReviewedTwice(workflow, caseId));
}

/**
 * Shows the question in the channel of its team, as it is now. A channel that cannot be reached is counted as an error
 * and keeps nobody from being asked: the card decides nothing.
 */
export async function showCard(ports: CardPorts, asked: AskSubject & { request: PersonRequest }): Promise<void> {
  const { request, workflow } = asked;
  const { channel } = workflow.team;
  if (channel === null || isKeptBack(asked)) return;
  const { cardWords } = await import('../pages/chat-card.ts');
  const { viewOf } = await import('./request-view-of.ts');
  const words = cardWords(viewOf(asked, '', ports.clock.nowMs()));
  const isOpen = request.state === 'open';
  try {
    await ports.chat.show({
      ...{ channel, caseId: request.caseId, requestId: request.id, ...words },
      age: request.revision + (isOpen ? 0 : SETTLED),
      link: isOpen ? `${ports.publicUrl}/inbox/${request.id}` : null,
    });
  } catch (error) {
    ports.telemetry.count('Errors', 1, request.workflow);
    const name = error instanceof Error ? error.name : 'unknown';
    ports.telemetry.log('card-failed', { caseId: request.caseId, requestId: request.id, error: name });
  }
}
