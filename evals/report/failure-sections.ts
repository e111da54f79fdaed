import { type Html, html } from '../../shared/pages/html.ts';
import { inPercent } from '../gates.ts';
import { type FailureGroup, isHarm } from '../score/failures.ts';
import { idList } from './id-list.ts';
import { paragraphsAbout } from './instructions.ts';
import type { Report, WorstCase } from './report.ts';
import { leafLines, tied, valueWords } from './words.ts';

const MOST_GROUPS = 12;
const MOST_IDS = 8;

/** Failures by kind, each with what would help and what the instructions say of it. */
export function failureSection({ failures }: Report, instructions: string): Html {
  if (failures.length === 0) return html``;
  const harm = failures.filter(isHarm);
  const asked = failures.filter((group) => !isHarm(group));
  return html`<h2>What to work on</h2>
<p class="lead">A case may stand in several groups.</p>
${harm.length > 0 && html`<h3 class="sub">Wrong, and nobody was asked; or no answer at all</h3><div class="stack">${harm.slice(0, MOST_GROUPS).map((group) => failureCard(group, instructions))}</div>`}
${asked.length > 0 && html`<h3 class="sub">Right, and a person was asked all the same</h3><div class="stack">${asked.slice(0, MOST_GROUPS).map((group) => failureCard(group, instructions))}</div>`}
<details class="card whole"><summary><h3>The instructions, whole</h3></summary><pre>${instructions || 'This workflow has no instructions.'}</pre></details>`;
}

function failureCard(
  { title, cases, onlyReason, proposal, command, ids, about, kind }: FailureGroup,
  instructions: string,
): Html {
  const only = onlyReason === 0 ? '' : `In ${onlyReason} of these nothing else stood in the way. `;
  const said = kind === 'wrong-field' || kind === 'unsure' ? paragraphsAbout(instructions, about) : [];
  return html`<div class="card failure"><span class="big">${cases.agreed}</span><div><h3>${title}</h3><p>${only}${proposal}</p>${command !== null && html`<code>${command}</code>`}
${said.map((text) => html`<blockquote><b>The instructions say</b>${text}</blockquote>`)}
<p class="ids">${idList(ids, MOST_IDS)}</p></div></div>`;
}

/** The worst of all: sure, alone and wrong, with what the agent saw. */
export function worstSection({ worst }: Report): Html {
  if (worst.length === 0) return html``;
  return html`<h2>The worst: sure, alone and wrong</h2>
<p class="lead">The surest first, with all that the agent saw.</p>
<div class="card worst">${worst.map(worstCase)}</div>`;
}

function worstCase({ result, input, sources, note }: WorstCase): Html {
  const { judgement, expected, wrongJudged } = result;
  const said = wrongJudged.map(
    (field) => `${field}: ${valueWords(judgement?.[field])}, right is ${valueWords(expected[field])}`,
  );
  return html`<details><summary><b>${result.id}</b><span>${inPercent(result.confidence)} sure</span><span class="said">${said.join('; ')}</span></summary><div class="saw">
<div class="wide">${answerTable(result)}</div>
<div><h3>What came in</h3>${facts(input)}</div><div><h3>What the sources said</h3>${facts(sources)}</div>
${(note !== null || result.because.length > 0) && html`<div class="wide"><h3>Why</h3><p class="note">${[...result.because, ...(note === null ? [] : [`The label says: ${note}`])].join('; ')}</p></div>`}
</div></details>`;
}

function answerTable({ judgement, expected, fields, wrongJudged }: WorstCase['result']): Html {
  return html`<div class="answers"><div class="head"><span>Field</span><span>The agent</span><span>Right</span><span>Sure</span><span>Spoke for it</span></div>${Object.keys(
    expected,
  ).map((name) => {
    const known = fields.find(({ field }) => field === name);
    const isWrong = wrongJudged.includes(name);
    return html`<div><b>${name}</b><span class="${isWrong ? 'wrong' : ''}">${valueWords(judgement?.[name])}</span><span>${valueWords(expected[name])}</span><span>${known === undefined ? '' : tied(inPercent(known.confidence))}</span><span class="spoke">${(known?.because ?? []).slice(0, 4).join(', ')}</span></div>`;
  })}</div>`;
}

function facts(value: WorstCase['input']): Html {
  return html`<dl class="facts">${leafLines(value).map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`;
}
