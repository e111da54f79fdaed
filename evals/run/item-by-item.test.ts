import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { partnerResearch } from '../../agents/partner-research/workflow.ts';
import { NO_USAGE } from '../../shared/domain/usage.ts';
import type { ModelAnswer, Models, Question } from '../../shared/ports/index.ts';
import { MemoryModels } from '../../test/support/memory-models.ts';
import { evaluateCase } from './evaluate-case.ts';
import { itemByItem } from './item-by-item.ts';
import { MoneyCap } from './money-cap.ts';
import { TrackedClock } from './tracked-clock.ts';

const COMPANY = {
  ...{ name: 'Brick', domain: 'brick.example', sought: 'construction', offers: 'We train builders on software.' },
  ...{
    industry: 'Business services',
    country: 'Belgium',
    employees: 9,
    isRegistered: true,
    crmStage: 'none',
    news: '',
  },
};
const RIGHT = { fit: 'yes', kind: 'implementation', conflict: 'none' };
const EXAMPLE = { id: 'company', input: { input: COMPANY, sources: {} }, expected: RIGHT };

function says(judgement: ModelAnswer['judgement']): ModelAnswer {
  return {
    ...{
      status: 'answered',
      tier: 'learned',
      model: 'learned:partner-research',
      judgement,
      confidence: 0.9,
      fields: [],
    },
    ...{ reasons: [], doubts: [], usage: NO_USAGE, cites: null, attempts: [], cap: null },
  };
}

async function measured(...answers: readonly ModelAnswer[]) {
  const part = itemByItem(partnerResearch);
  if (part === null) throw new Error('the assessor judges item by item');
  const asked = new MemoryModels(answers);
  const clock = new TrackedClock();
  const ports = { models: part.models(asked), budget: new MoneyCap(1, 0), clock };
  const versions = { workflow: 'w', code: 'c' };
  const result = await evaluateCase({ ...ports, versions }, part.workflow, EXAMPLE, null);
  clock.stop();
  return { result, asked: asked.questions };
}

describe('an agent that judges item by item', () => {
  it('is asked as in production, with a list of the one item, and measured by what it says of it', async () => {
    const { result, asked } = await measured(says({ assessments: [{ domain: 'brick.example', ...RIGHT }] }));
    const [question] = asked;
    expect(question?.agent).toBe(partnerResearch.agents.find(({ id }) => id === 'assessor'));
    expect(question?.handOver).toEqual({ companies: [COMPANY] });
    expect(result).toMatchObject({ isRight: true, isAlone: true, wrongFields: [], judgement: RIGHT });
    expect(result.fields.map(({ field }) => field)).toEqual(['fit', 'kind', 'conflict']);
  });

  it('is wrong by the fields that differ', async () => {
    const wrong = { domain: 'brick.example', ...RIGHT, fit: 'no' };
    const { result } = await measured(says({ assessments: [wrong] }));
    expect(result).toMatchObject({ isRight: false, wrongFields: ['fit'], wrongJudged: ['fit'] });
  });

  it.each([[null], [{ assessments: [] }]])('has said nothing where its answer is %o', async (judgement) => {
    const { result } = await measured(says(judgement));
    expect(result).toMatchObject({ isRight: false, isAlone: false });
  });

  it('leaves other workflows as they are', () => {
    expect(itemByItem(leadQualification)).toBeNull();
  });

  it('lets no failure of a model through as an answer', async () => {
    const failing: Models = { judge: async () => ({ ...says(null), status: 'failed', doubts: ['It is down.'] }) };
    const part = itemByItem(partnerResearch);
    const answer = await part?.models(failing).judge({ input: COMPANY } as unknown as Question);
    expect(answer).toMatchObject({ status: 'failed', judgement: null, doubts: ['It is down.'] });
  });
});
