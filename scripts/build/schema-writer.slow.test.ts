import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { workflows } from '../../agents/index.ts';
import type { jsonSchemaOf } from '../../shared/domain/json-schema-of.ts';
import { inProject } from '../command/project.ts';

const bundled = (name: string): typeof jsonSchemaOf =>
  createRequire(inProject('dist', name, 'index.mjs'))('./json-schema.mjs').jsonSchemaOf;

describe('the writer of JSON Schemas beside a bundle', () => {
  it('writes of the schemas of another copy of Zod what Zod itself writes', () => {
    const write = bundled('open-request');
    for (const { decision, input, actions } of workflows) {
      const all = [decision, input, ...Object.values(actions).map(({ connector }) => connector.arguments)];
      for (const schema of all) {
        for (const io of ['input', 'output'] as const) {
          const written = z.toJSONSchema(schema, { unrepresentable: 'any', io });
          expect(JSON.parse(JSON.stringify(write(schema, io)))).toEqual(JSON.parse(JSON.stringify(written)));
        }
      }
    }
  });

  it('keeps what is said of a field, and what is not to be written is anything', () => {
    const schema = z.object({ name: z.string().meta({ title: 'Name', personal: true }), since: z.date() });
    expect(bundled('run-turn')(schema)).toMatchObject({
      properties: { name: { type: 'string', title: 'Name', personal: true }, since: {} },
    });
  });

  it('stands where schemas are written, and nowhere else', () => {
    const has = (name: string): boolean => existsSync(inProject('dist', name, 'json-schema.mjs'));
    const asked = ['answer-request', 'open-request', 'run-turn', 'show-console', 'start-by-hand'];
    expect(asked.filter(has)).toEqual(asked);
    expect(['close-case', 'open-case', 'start-case', 'sign-in'].filter(has)).toEqual([]);
  });
});
