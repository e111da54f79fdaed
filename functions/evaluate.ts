import { findWorkflow } from '../agents/index.ts';
import { evaluate } from '../evals/machine/evaluate.ts';
import { systemSalt } from '../shared/aws/system.ts';
import { secrets } from './secrets/wiring.ts';
import { fromStep } from './triggers/from-step.ts';
import { assets, claudeSettings, clock, measuredEvaluations, modelSigner, telemetry, versionsOf } from './wiring.ts';

const { baseUrl, ...claudeModels } = claudeSettings();

/** It has models and what it makes itself, and nothing that acts. */
export const handler = fromStep(evaluate, {
  findWorkflow,
  versionsOf: versionsOf(),
  evaluations: measuredEvaluations(),
  assets: assets(),
  reached: { claudeModels, baseUrl, signer: modelSigner(), secrets: secrets() },
  clock,
  telemetry: telemetry(),
  newSalt: systemSalt,
});
