import { build } from '../../scripts/build.ts';
import { synthesize } from '../../scripts/synth.ts';

/** Run once before the tests that boot the stack: bundles and template are those of the sources as they are. */
export async function setup(): Promise<void> {
  await build();
  await synthesize();
}
