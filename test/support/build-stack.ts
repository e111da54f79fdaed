import { build } from '../../scripts/build.ts';
import { synthesize } from '../../scripts/synth.ts';
import { forgetAccess } from './access-record.ts';

/** Run once before the tests that boot the stack: bundles and template are those of the sources as they are. */
export async function setup(): Promise<void> {
  forgetAccess();
  await build();
  await synthesize();
}
