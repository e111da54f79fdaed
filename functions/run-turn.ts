import { findWorkflow } from '../agents/index.ts';
import { cascade } from '../shared/models/cascade.ts';
import { claudeLater } from '../shared/models/claude-later.ts';
import { learnedTier } from '../shared/models/learned-tier.ts';
import { scriptedLater } from '../shared/models/scripted/scripted-later.ts';
import { turnStep } from '../shared/operations/steps/turn-step.ts';
import { sources } from './connectors/wiring.ts';
import { secrets } from './secrets/wiring.ts';
import { fromStep } from './triggers/from-step.ts';
import {
  assets,
  budget,
  claudeSettings,
  clock,
  history,
  modelSigner,
  readings,
  records,
  settings,
  steps,
  telemetry,
} from './wiring.ts';

const { baseUrl, ...modelOf } = claudeSettings();
const reached = { baseUrl, signer: modelSigner(), secrets: secrets(), assets: assets(), clock };
const claude = (model: string | null) => claudeLater({ ...reached, model });

const models = cascade({
  learned: learnedTier(assets(), history()),
  fast: claude(modelOf.fast),
  smart: claude(modelOf.smart),
  deep: claude(modelOf.deep),
  // In Bedrock there is always a model.
  scripted: scriptedLater({
    assets: assets(),
    mayPlay: async () => reached.signer === null && (await secrets().mayPlayScripts()),
  }),
});

export const handler = fromStep(turnStep, {
  findWorkflow,
  sources: sources(),
  models,
  budget: budget(),
  readings: readings(),
  records: records(),
  settings: settings(),
  clock,
  steps: steps(),
  telemetry: telemetry(),
});
