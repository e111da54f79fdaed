import * as z from 'zod';
import type { Store } from '../kernel/store.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { KeptCode } from './kept-code.ts';

/** Versions on disk: functions as they were when they were published. */
export class PublishedVersions {
  readonly #options: PublishedVersionsOptions;

  constructor(options: PublishedVersionsOptions) {
    this.#options = options;
    options.store.define(
      `CREATE TABLE IF NOT EXISTS lambda_version (function TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL,
        PRIMARY KEY (function, version))`,
    );
  }

  /** By version number. */
  of(functionName: string): Map<string, FunctionDefinition> {
    const rows = this.#options.store
      .statement('SELECT version, definition FROM lambda_version WHERE function = ?')
      .all(functionName);
    return new Map(rows.map((row) => [String(row['version']), this.#read(String(row['definition']))]));
  }

  add(definition: FunctionDefinition, version: string): void {
    const insert = this.#options.store.statement('INSERT INTO lambda_version VALUES (?, ?, ?)');
    this.#options.store.writeNow(() => insert.run(definition.name, Number(version), this.#written(definition)));
  }

  remove(functionName: string, version: string): void {
    const remove = this.#options.store.statement('DELETE FROM lambda_version WHERE function = ? AND version = ?');
    this.#options.store.writeNow(() => remove.run(functionName, Number(version)));
  }

  /** Ids of the code that versions run, of functions that the present template does not have too. */
  codeIds(): string[] {
    const rows = this.#options.store.statement('SELECT definition FROM lambda_version').all();
    return rows.map((row) => this.#options.code.idOf(this.#read(String(row['definition'])).codeFolder));
  }

  /** Port and data folder may be others at the next start, on AWS both stay. */
  #written(definition: FunctionDefinition): string {
    const { code, endpoint } = this.#options;
    const text = JSON.stringify({ ...definition, codeFolder: code.idOf(definition.codeFolder) });
    return text.replaceAll(endpoint, ENDPOINT);
  }

  #read(text: string): FunctionDefinition {
    const { code, endpoint } = this.#options;
    const definition = StoredDefinition.parse(JSON.parse(text.replaceAll(ENDPOINT, endpoint)));
    return { ...definition, codeFolder: code.folderOf(definition.codeFolder) };
  }
}

export interface PublishedVersionsOptions {
  readonly store: Store;
  readonly code: KeptCode;
  /** `http://127.0.0.1:4700` */
  readonly endpoint: string;
}

/** Stands on disk for the address of the runtime, which may be in any value. */
const ENDPOINT = 'http://endpoint.invalid';

const StoredDefinition = z.object({
  name: z.string(),
  arn: z.string(),
  roleArn: z.string(),
  runtime: z.string(),
  architecture: z.enum(['arm64', 'x86_64']),
  codeFolder: z.string(),
  handler: z.string(),
  memoryMb: z.number(),
  timeoutMs: z.number(),
  environment: z.record(z.string(), z.string()),
  reservedConcurrency: z.number().nullable(),
  deadLetterArn: z.string().nullable(),
});
