import { parentPort, workerData } from 'node:worker_threads';
import type { LearnedSettings } from '../../shared/authoring/index.ts';
import { type Example, serialise, train } from '../../shared/models/learned/index.ts';

/** Trains one model aside, so that several are trained at a time. Answers its bytes, or throws. */
const { examples, settings } = workerData as { examples: readonly Example[]; settings: LearnedSettings };
parentPort?.postMessage(serialise(train(examples, settings)));
