import { findWorkflow } from '../agents/index.ts';
import { cascade } from '../shared/models/cascade.ts';
import { claudeTier } from '../shared/models/claude-tier.ts';
import { learnedTier } from '../shared/models/learned-tier.ts';
import { runTurn } from '../shared/operations/run-turn.ts';
import { fromStep } from './triggers/from-step.ts';
import { assets, budget, claudeSettings, clock, readings, secrets, settings, sources, telemetry } from './wiring.ts';

const models = cascade({
  learned: learnedTier(assets()),
  claude: claudeTier({ ...claudeSettings(), secrets: secrets(), assets: assets(), clock }),
});

export const handler = fromStep(runTurn, {
  findWorkflow,
  sources: sources(),
  models,
  budget: budget(),
  readings: readings(),
  settings: settings(),
  clock,
  telemetry: telemetry(),
});
