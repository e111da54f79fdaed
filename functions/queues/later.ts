import type { DeadLetters, Files, Intake } from '../../shared/ports/index.ts';

/** For functions that seldom come to a queue: its client is loaded then. */
export const intakeLater: Intake = {
  send: async (triggers) => {
    const { intake } = await import('./wiring.ts');
    return intake().send(triggers);
  },
};

export const deadLettersLater: DeadLetters = {
  lookThrough: async (judge) => {
    const { deadLetters } = await import('./wiring.ts');
    return deadLetters().lookThrough(judge);
  },
};

export const filesLater: Pick<Files, 'remove'> = {
  remove: async (address) => {
    const { files } = await import('./wiring.ts');
    return files().remove(address);
  },
};
