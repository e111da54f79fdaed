import type { EvaluationRun, Phase, Settings } from '../../contracts/index.ts';
import { accountBar } from '../account-bar.ts';
import { foreign } from '../fact-list.ts';
import { duration } from '../figure-words.ts';
import { attributes, type Html, html } from '../html.ts';
import { type Page, page } from '../page-shell.ts';
import { type RememberedYes, rememberedSection } from '../remember/remembered-page.ts';
import type { Place } from '../request-view.ts';
import { timeMarkup } from '../time-markup.ts';
import { styleConsole } from './style-console.ts';
import { switchSection } from './switch-section.ts';
import { type LatestFigures, latestBar } from './workflows-page.ts';

/** So many of so many, and the 95 % interval of that share. */
export type ShareFigures = {
  readonly agreed: number;
  readonly of: number;
  readonly lower: number;
  readonly upper: number;
};

/** What spot-checks say of what was done without a person. */
export type SpotCheckFigures = {
  readonly cases: number;
  readonly drawn: number;
  readonly checked: number;
  readonly wrong: number;
  /** Right, of all cases, estimated (0..1); `share` is null where nothing was checked. */
  readonly accuracy: { readonly share: number | null; readonly lower: number; readonly upper: number };
};

/** One kind of case: how much the agents may do there, and by which figures. */
export type SegmentFigures = {
  readonly segment: string;
  readonly title: string;
  readonly phase: Phase;
  /** As it is set; another one than `phase` where a new version begins in shadow. */
  readonly setPhase: Phase;
  readonly coolDownUntilMs: number | null;
  readonly agreement: { readonly sure: ShareFigures; readonly asked: ShareFigures; readonly edited: number };
  readonly failed: { readonly failed: number; readonly of: number };
  /** What the gates still miss. */
  readonly missed: readonly string[];
  readonly against: { readonly decisions: number; readonly of: number; readonly allowed: number };
  readonly disagreements: readonly {
    readonly caseId: string;
    readonly fields: readonly string[];
    readonly by: string | null;
    readonly reason: string;
  }[];
  readonly spotChecks: SpotCheckFigures;
  readonly proposal: { readonly to: Phase; readonly requestId: string | null } | null;
};

/** How one person answers the questions of a workflow. */
export type ReviewerFigures = {
  readonly person: string;
  readonly answers: number;
  readonly medianTookMs: number;
  readonly agreement: ShareFigures;
  readonly warnings: readonly string[];
};

export type WorkflowView = {
  readonly place: Place;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly team: string;
  readonly owner: string;
  readonly settings: Settings;
  /** What whoever looks is in the team; null for nobody of it. */
  readonly membership: 'owner' | 'approver' | null;
  /** Everything is switched off, whatever this workflow's own switch says. */
  readonly isAllPaused: boolean;
  /** The case whose ledger tells of every change of its limits. */
  readonly ledgerCaseId: string;
  readonly latest: LatestFigures;
  readonly gates: { readonly agreement: number; readonly minimumDecisions: number; readonly errors: number };
  readonly segments: readonly SegmentFigures[];
  readonly reviewers: readonly ReviewerFigures[];
  /** Approvals that are remembered and in force, newest first. */
  readonly remembered: readonly RememberedYes[];
  /** Newest first. */
  readonly evaluations: readonly EvaluationRun[];
};

/** Most disagreements that are shown of a segment. */
const MOST_DISAGREEMENTS = 10;
const MOST_EVALUATIONS = 10;

export function renderWorkflowPage(view: WorkflowView): Page {
  const { title, team, place, settings } = view;
  return page({
    status: 200,
    title,
    from: team,
    mood: 'is-live',
    css: styleConsole,
    account: accountBar(place),
    main: html`<section class="ask"><h1>${foreign(title)}</h1><p class="held">${foreign(view.summary)}</p></section>
${settings.paused && pausedBand(view)}
<div class="columns"><div class="matter">${latestSection(view)}${view.segments.map((segment) => segmentSection(segment, view))}${rememberedSection(view)}${reviewersSection(view)}${evaluationsSection(view)}</div><div class="matter">${limitsSection(view)}${switchSection({ id: view.id, place, isOff: settings.paused, isAllOff: view.isAllPaused, membership: view.membership })}</div></div>`,
  });
}

function pausedBand({ isAllPaused }: WorkflowView): Html {
  return html`<section class="band warn" role="status"><h2>Switched off</h2><p>${isAllPaused ? 'All workflows are switched off.' : 'This workflow is switched off.'} Agents decide, and nothing is carried out; people may go on by hand.</p></section>`;
}

function latestSection({ latest, id, place }: WorkflowView): Html {
  return html`<section class="card" aria-labelledby="latest"><h2 id="latest">What became of the newest cases</h2>${latestBar(latest)}${latest.cases > 0 && html`<p class="words"><a${attributes({ href: `${place.root}/cases?workflow=${id}` })}>All its cases</a></p>`}</section>`;
}

function segmentSection(segment: SegmentFigures, view: WorkflowView): Html {
  const { agreement, failed, against, missed, proposal, coolDownUntilMs, phase, setPhase } = segment;
  const { gates, place, nowMs, timeZone } = view;
  const rows: readonly (readonly [string, Html | string | false])[] = [
    ['Agree, where the agents were sure', shareWords(agreement.sure)],
    ['Agree, where they asked themselves', agreement.asked.of > 0 && shareWords(agreement.asked)],
    ['Approved with changes', agreement.edited > 0 && String(agreement.edited)],
    ['Failed', failed.of > 0 && `${failed.failed} of ${failed.of}`],
    ['Against the agents', against.of > 0 && againstWords(segment)],
    ['Done without a person and right', spotWords(segment.spotChecks)],
    ['Given for', phase !== setPhase && html`${setPhase}, under another version`],
    ['Nothing is proposed before', coolDownUntilMs !== null && timeMarkup(coolDownUntilMs, { nowMs, timeZone })],
  ];
  return html`<section class="card" aria-labelledby="${`segment-${segment.segment}`}"><div class="head"><h2 id="${`segment-${segment.segment}`}">${foreign(segment.title)}</h2><span class="${`phase ${phase}`}">${phase}</span></div>
${proposal !== null && html`<p class="after">${proposal.requestId === null ? `${proposal.to} is proposed.` : html`<a${attributes({ href: `${place.root}/inbox/${proposal.requestId}` })}>The figures propose ${proposal.to}: answer it</a>`}</p>`}
<dl class="facts">${rows.map(([label, value]) => value !== false && html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${phase !== 'full' && missed.length > 0 && html`<p class="words">More freedom is proposed from ${percentOf(gates.agreement)} agreement at the lower end, of ${gates.minimumDecisions} decisions or more. Still missing:</p><ul class="because">${missed.map((text) => html`<li>${foreign(text)}</li>`)}</ul>`}
${disagreements(segment, place)}</section>`;
}

function againstWords({ against: { decisions, of, allowed }, phase }: SegmentFigures): string {
  const counted = `${decisions} of the latest ${of} decisions`;
  return phase === 'shadow' ? counted : `${counted}; it steps back above ${allowed}`;
}

function spotWords({ cases, checked, wrong, accuracy }: SpotCheckFigures): Html | false {
  if (cases === 0) return false;
  if (accuracy.share === null) return html`not checked yet, ${cases} cases`;
  return html`${percentOf(accuracy.share)} of ${cases}, estimated<small> (${percentOf(accuracy.lower)} to ${percentOf(accuracy.upper)}; ${checked} checked, ${wrong} wrong)</small>`;
}

function disagreements({ disagreements: all }: SegmentFigures, { root }: Place): Html | null {
  if (all.length === 0) return null;
  const shown = all.slice(0, MOST_DISAGREEMENTS);
  const left = all.length - shown.length;
  return html`<details class="more"><summary>Where people disagreed (${all.length})</summary><ul class="because">${shown.map(({ caseId, fields, by, reason }) => html`<li><a${attributes({ href: `${root}/cases/${caseId}` })}>${caseId.slice(0, 8)}</a>: ${foreign(by ?? 'nobody')}, about ${foreign(fields.map((field) => (field === '*' ? 'all of it' : field)).join(', '))}${reason !== '' && html`: “${foreign(reason)}”`}</li>`)}${left > 0 && html`<li>and ${left} more</li>`}</ul></details>`;
}

function limitsSection({ settings, owner, ledgerCaseId, place }: WorkflowView): Html {
  const { minimumConfidence, partialShare, caps, versionPolicy, revision } = settings;
  const versions =
    versionPolicy === 'keep' ? 'keeps its phases' : 'begins in shadow, unless an evaluation passes the gates';
  return html`<section class="card" aria-labelledby="limits"><h2 id="limits">Its limits</h2><dl class="facts"><div><dt>A person decides below</dt><dd>${percentOf(minimumConfidence)} confidence</dd></div>${partialShare < 1 && html`<div><dt>In phase partial</dt><dd>${percentOf(partialShare)} of the cases; the others stay in shadow</dd></div>`}${Object.entries(caps).map(([cap, limit]) => html`<div><dt>Cap ${foreign(cap)}</dt><dd>${limit}</dd></div>`)}<div><dt>A new version</dt><dd>${versions}</dd></div><div><dt>Changed</dt><dd>${revision === 0 ? 'never: they are those of the deploy' : html`<a${attributes({ href: `${place.root}/cases/${ledgerCaseId}` })}>${revision === 1 ? 'once' : `${revision} times`}: by whom, when and why</a>`}</dd></div><div><dt>Owner</dt><dd>${foreign(owner)}</dd></div></dl></section>`;
}

function reviewersSection({ reviewers }: WorkflowView): Html | null {
  if (reviewers.length === 0) return null;
  return html`<section class="card" aria-labelledby="reviewers"><header><h2 id="reviewers">Who answers</h2><p>The owner sees everybody, others themselves.</p></header><dl class="facts">${reviewers.map(({ person, answers, medianTookMs, agreement, warnings }) => html`<div><dt>${foreign(person)}</dt><dd>${answers === 1 ? '1 answer' : `${answers} answers`}, half of them within ${duration(medianTookMs)}${agreement.of > 0 && html`; agrees with the agents: ${shareWords(agreement)}`}${warnings.length > 0 && html`<ul class="cautions">${warnings.map((warning) => html`<li>${foreign(warning)}</li>`)}</ul>`}</dd></div>`)}</dl></section>`;
}

function evaluationsSection({ evaluations, place, id, nowMs, timeZone }: WorkflowView): Html {
  const shown = evaluations.slice(0, MOST_EVALUATIONS);
  return html`<section class="card" aria-labelledby="evaluations"><header><h2 id="evaluations">Evaluations</h2><p>Measured on labelled examples, by the code that runs. A new one: <code>npm run eval -- ${id} --on-stack</code></p></header>${shown.length === 0 ? html`<p class="note">None yet.</p>` : html`<ol class="rows">${shown.map((run) => evaluation(run))}</ol>`}</section>`;

  function evaluation({ id: evaluationId, wish, by, startedAtMs, state, outcome }: EvaluationRun): Html {
    const word =
      state === 'measured' ? (outcome?.passes === true ? 'Passes the gates' : 'Does not pass') : stateWords[state];
    const tone = state !== 'measured' ? 'none' : outcome?.passes === true ? 'yes' : 'no';
    const name = html`${foreign(wish.set)}, ${wish.models.join(', ')}`;
    const at = timeMarkup(startedAtMs, { nowMs, timeZone });
    return html`<li><h3>${state === 'measured' ? html`<a${attributes({ href: `${place.root}/evaluations/${evaluationId}` })}>${name}</a>` : name}</h3><p class="${`stand ${tone}`}">${word}</p><p class="words">${at} · ${foreign(by)}${outcome?.problem !== null && outcome?.problem !== undefined && html` · ${foreign(outcome.problem)}`}</p></li>`;
  }
}

const stateWords = { running: 'Running', 'not-measured': 'Not measured' } as const;

/** `48 of 50 (86.5 to 98.9 %)` */
function shareWords({ agreed, of, lower, upper }: ShareFigures): Html {
  if (of === 0) return html`nothing to go by yet`;
  return html`${agreed} of ${of}<small> (${(lower * 100).toFixed(1)} to ${percentOf(upper)})</small>`;
}

/** `87.4 %` */
function percentOf(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
