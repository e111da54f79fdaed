import type { Answers } from './answers.ts';
import { renderContract } from './render-contract.ts';
import { renderInstructions, renderKnowledge, renderReadme, renderTest } from './render-documents.ts';
import { renderExamples, renderSamples } from './render-stubs.ts';
import { exportNameOf, renderWorkflow } from './render-workflow.ts';

/** The files of a new workflow by their path in its folder. */
export function filesOf(answers: Answers): Readonly<Record<string, string>> {
  const samples = Object.entries(renderSamples(answers)).map(([name, text]) => [`samples/${name}`, text] as const);
  const looksUp = answers.sources.some(({ connector }) => connector === 'knowledge-base');
  return {
    'workflow.ts': renderWorkflow(answers),
    'contract.ts': renderContract(answers),
    'agent.md': renderInstructions(answers),
    'examples.jsonl': renderExamples(answers),
    'README.md': renderReadme(answers),
    'workflow.test.ts': renderTest(answers, exportNameOf(answers.id)),
    ...(looksUp ? { 'knowledge/articles.md': renderKnowledge() } : {}),
    ...Object.fromEntries(samples),
  };
}
