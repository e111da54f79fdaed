/** A function as the template gives it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** `nodejs24.x` */
  readonly runtime: string;
  readonly architecture: 'arm64' | 'x86_64';
  /** Folder with the built bundle. */
  readonly codeFolder: string;
  /** `index.handler`: file without its ending, and exported name. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Null where the function shares the account's concurrency. */
  readonly reservedConcurrency: number | null;
  /** Queue or topic for events that failed for good. */
  readonly deadLetterArn: string | null;
}
