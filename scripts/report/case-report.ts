import type {
  Action,
  CaseEvent,
  LedgerEntry,
  PersonRequest,
  Reading,
  TurnResult,
} from '../../shared/contracts/index.ts';
import { percent } from '../../shared/pages/confidence-words.ts';
import { eventWords } from '../../shared/pages/events/event-words.ts';
import { duration, usd } from '../../shared/pages/figure-words.ts';
import type { CaseStory } from '../runtime/case-story.ts';
import { fieldLines, instant } from './words.ts';

/** The whole story of a case, line by line, for a terminal. */
export function caseReport(story: CaseStory): string[] {
  const turns = story.ledger.map((entry) => entry.event).filter(isTurn);
  return [
    ...headerLines(story),
    ...section('Facts', factLines(story)),
    ...section(
      'Turns',
      turns.flatMap(({ turn }) => turnLines(turn)),
    ),
    ...section('Decision', decisionLines(story)),
    ...section('Actions', story.actions.flatMap(actionLines)),
    ...section('Requests', story.requests.flatMap(requestLines)),
    ...section(
      'Record',
      story.ledger.map((entry) => entryLine(entry, story.openedAtMs)),
    ),
  ];
}

/** One line of the ledger with its time since the case was opened. */
export function entryLine({ seq, atMs, event }: LedgerEntry, openedAtMs: number): string {
  return `  ${String(seq).padStart(3)}  ${`+${duration(atMs - openedAtMs)}`.padStart(12)}  ${eventWords(event)}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function headerLines(story: CaseStory): string[] {
  const end = story.closedAtMs === null ? '' : `, closed ${duration(story.closedAtMs - story.openedAtMs)} later`;
  return [
    `Case ${story.caseId}`,
    `  workflow    ${story.workflow}, by ${story.trigger} (event ${story.eventId})`,
    `  state       ${story.state}${story.outcome === null ? '' : `: ${story.outcome}`}`,
    `  opened      ${instant(story.openedAtMs)}${end}`,
    `  settings    phase ${story.settings.phase}, asks below ${percent(story.settings.minimumConfidence)}, revision ${story.settings.revision}`,
    `  versions    workflow ${story.versions.workflow.slice(0, 12)}, code ${story.versions.code.slice(0, 12)}`,
    `  models      ${usd(story.usage.costUsd)}, ${story.usage.inputTokens} tokens in, ${story.usage.outputTokens} out`,
  ];
}

function factLines({ input, problems, readings }: CaseStory): string[] {
  const given = fieldLines(
    typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { input },
    '  ',
  );
  return [...given, ...problems.map((problem) => `  problem: ${problem}`), ...readings.flatMap(readingLines)];
}

function readingLines({ source, status, tookMs, data, problems }: Reading): string[] {
  const missing = problems.length === 0 ? '' : ` (${problems.join(', ')})`;
  return [
    `  ${source}: ${status}${missing}, read in ${Math.round(tookMs)} ms`,
    ...fieldLines(typeof data === 'object' && data !== null && !Array.isArray(data) ? data : { data }, '    '),
  ];
}

function turnLines(turn: TurnResult): string[] {
  return [
    `  ${turn.agent}: ${turn.status} by ${turn.model} (${turn.tier}), confidence ${percent(turn.confidence)}, ${Math.round(turn.tookMs)} ms, ${usd(turn.usage.costUsd)}`,
    ...turn.fields.map(
      ({ field, confidence, threshold, because }) =>
        `    ${field}: ${JSON.stringify(turn.judgement?.[field] ?? null)}, ${percent(confidence)}${threshold === null ? '' : ` (needs ${percent(threshold)})`}${because.length === 0 ? '' : `: ${because.join('; ')}`}`,
    ),
    ...turn.reasons.map((reason) => `    because ${reason}`),
    ...turn.doubts.map((doubt) => `    doubt: ${doubt}`),
  ];
}

function decisionLines({ decision, confidence, decidedBy, verdict }: CaseStory): string[] {
  const by =
    decidedBy === null ? [] : [`  by ${decidedBy}${confidence === null ? '' : `, confidence ${percent(confidence)}`}`];
  const reasons =
    verdict === null
      ? []
      : [`  verdict ${verdict.kind}`, ...verdict.reasons.map(({ code, text }) => `    ${text} (${code})`)];
  return [...by, ...(decision === null ? [] : fieldLines(decision, '  ')), ...reasons];
}

function actionLines(action: Action): string[] {
  return [
    `  ${action.id} ${action.title}: ${action.state} (tier ${action.tier}, ${action.mode})`,
    ...fieldLines(action.arguments, '    '),
    ...action.reasons.map((reason) => `    because ${reason}`),
    ...(action.result === null ? [] : [`    result ${JSON.stringify(action.result)}`]),
  ];
}

function requestLines(request: PersonRequest): string[] {
  const { answer } = request;
  return [
    `  ${request.kind} ${request.id}: ${request.state}`,
    `    ${request.question}`,
    ...request.reasons.map((reason) => `    because ${reason}`),
    `    asked ${request.people.join(', ')}, until ${instant(request.deadlineMs)}`,
    ...(answer === null
      ? []
      : [
          `    ${answer.by}: ${answer.verb}, by ${answer.channel} (${answer.proof})${answer.reason === '' ? '' : `: ${answer.reason}`}`,
        ]),
  ];
}

function isTurn(event: CaseEvent): event is Extract<CaseEvent, { type: 'turn-finished' }> {
  return event.type === 'turn-finished';
}
