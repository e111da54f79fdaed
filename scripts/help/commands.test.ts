import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inProject } from '../command/project.ts';
import { COMMANDS } from './commands.ts';

it('help names every script of the project once, and no other', () => {
  const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: object };
  const named = COMMANDS.flatMap(({ commands }) => commands.map(([name]) => name));
  expect(named.toSorted()).toEqual(Object.keys(scripts).toSorted());
});
