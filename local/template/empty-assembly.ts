import type { Assembly } from './assembly.ts';
import { BootError } from './boot-error.ts';

/** A stack without resources, for an endpoint that tools fill over the API. */
export function emptyAssembly(): Assembly {
  return {
    folder: '',
    accountId: null,
    region: null,
    stacks: [],
    assetPath: (objectKey) => {
      throw new BootError(`An endpoint without a stack has no asset ${objectKey}.`);
    },
  };
}
