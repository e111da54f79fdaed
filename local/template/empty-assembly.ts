import type { Assembly } from './assembly.ts';
import { BootError } from './boot-error.ts';

/** A stack without resources, for an endpoint that tools fill over the API. */
export function emptyAssembly(): Assembly {
  return {
    folder: '',
    stackName: 'Bare',
    accountId: null,
    region: null,
    template: { Resources: {} },
    assetPath: (objectKey) => {
      throw new BootError(`An endpoint without a stack has no asset ${objectKey}.`);
    },
  };
}
