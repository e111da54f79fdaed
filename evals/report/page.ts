import { type Html, html } from '../../shared/pages/html.ts';
import { compareSection } from './compare-section.ts';
import { failureSection, worstSection } from './failure-sections.ts';
import { reportPage } from './page-shell.ts';
import { confusionSection, partsSection, plotSection } from './part-sections.ts';
import type { Report } from './report.ts';
import { gateSection, tileSection, verdictSection } from './top-sections.ts';
import { timeWords } from './words.ts';

/**
 * The report as one file that loads nothing and runs nothing. What came in with the examples, from sources and from models is
 * text in it, never markup.
 */
export function evaluationPage(report: Report): string {
  const { about, passes, comparison, cost, instructions } = report;
  const main = html`${verdictSection(report)}
${gateSection(report)}
${tileSection(report)}
${compareSection(comparison, cost.volume)}
${plotSection(report)}
${failureSection(report, instructions)}
${worstSection(report)}
${partsSection(report)}
${confusionSection(report)}
${methodSection(report)}`;
  return reportPage(`${about.title}: ${passes ? 'passes' : 'does not pass'}`, main);
}

/** What a report says that has lost rows: nobody may take the figures for those of the rows that are left. */
function removedWords(removed: number): string {
  return `${removed === 1 ? '1 row' : `${removed} rows`} removed: the people of them were to be forgotten, or their time is over. The figures are those of all`;
}

/** How it was measured, so that it can be done again. */
function methodSection({ about, wanted, removed }: Report): Html {
  const rows: readonly (readonly [string, string])[] = [
    ['Honest because', about.honesty],
    ['Cases', `${about.examples} of ${about.set} (digest ${about.setDigest})`],
    ['Left out', about.seen.length === 0 ? 'none' : `${about.seen.length} that the model was trained on`],
    ['Not run', about.notRun.length === 0 ? 'none' : `${about.notRun.length}, because the money was spent`],
    ...(removed === 0 ? [] : [['Removed', removedWords(removed)] as const]),
    ['Models', about.models.join(', ')],
    ['Version of the workflow', about.version],
    ['Asks below a confidence of', `${about.minimumConfidence}`],
    [
      'What ran',
      'The operations of the platform: opened, turns, coordinated, judged in phase full. Sources are replayed from the examples. Actions are planned, never performed.',
    ],
    [
      'What counts as right',
      'The whole decision: every field as the workflow’s own rules make it of the label, numbers within the declared tolerance.',
    ],
    ['Accuracy gates read', `the lower end of the 95 % Wilson interval, from ${wanted.minimumDecisions} decisions on`],
    ['Took', `${timeWords(about.tookMs)}, ${about.concurrency} at a time, Node ${about.node}`],
  ];
  return html`<h2>How it was measured</h2><div class="card"><table class="method"><tbody>${rows.map(([name, said]) => html`<tr><th>${name}</th><td>${said}</td></tr>`)}</tbody></table></div>
<p class="foot">Figures hold for cases like these, and for this version. The same command on the same tree gives the same figures, times apart.</p>`;
}
