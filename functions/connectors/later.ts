import type { Sources } from '../../shared/ports/index.ts';

/** For a function that seldom reads a source: connectors are loaded then. */
export const sourcesLater: Sources = {
  read: async (...asked) => {
    const { sources } = await import('./wiring.ts');
    return sources().read(...asked);
  },
  list: async (...asked) => {
    const { sources } = await import('./wiring.ts');
    return sources().list(...asked);
  },
};
