import { receiveFile } from '../shared/operations/receive-file.ts';
import { files, intake } from './queues/wiring.ts';
import { fromStep } from './triggers/from-step.ts';
import { telemetry } from './wiring.ts';

/** The rule of the trigger hands the object over in the form that the operation takes. */
export const handler = fromStep(receiveFile, { files: files(), intake: intake(), telemetry: telemetry() });
