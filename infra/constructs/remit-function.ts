import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface RemitFunctionProps {
  /** Name of the file in functions/ and of its bundle in dist/. */
  readonly entry: string;
  readonly timeout?: Duration;
  /** MB; more memory is more processor too. */
  readonly memorySize?: number;
}

/**
 * One step: its own bundle, role, log group and versions. What may wait over a deploy calls the version that it began
 * with, all others the alias on the newest one.
 */
export class RemitFunction extends Construct {
  readonly role: Role;
  readonly fn: LambdaFunction;
  readonly logs: LogGroup;
  #alias: IFunction | null = null;

  constructor(scope: Construct, id: string, props: RemitFunctionProps) {
    super(scope, id);
    const { entry, timeout = Duration.seconds(30), memorySize = 512 } = props;
    this.logs = new LogGroup(this, 'Logs', { removalPolicy: RemovalPolicy.DESTROY });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Role of ${entry}`,
    });
    this.logs.grantWrite(this.role);
    this.fn = new LambdaFunction(this, 'Function', {
      description: entry,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(`dist/${entry}`),
      role: this.role,
      logGroup: this.logs,
      loggingFormat: LoggingFormat.TEXT,
      timeout,
      memorySize,
      // A case that waits goes on with the version that it began with, however many are published meanwhile.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
  }

  /** Sets a variable of the function's environment. */
  set(name: string, value: string): void {
    this.fn.addEnvironment(name, value);
  }

  allow(statement: PolicyStatement): void {
    this.role.addToPrincipalPolicy(statement);
  }

  /** The newest version, by its number; made when first asked for, after all settings. */
  get version(): IVersion {
    // aws-cdk-lib is not compiled with exact optional properties; its classes do implement its interfaces.
    return this.fn.currentVersion as IVersion;
  }

  /** The alias `live` on the newest version; made when first asked for, after all settings. */
  get live(): IFunction {
    this.#alias ??= new Alias(this, 'Live', { aliasName: 'live', version: this.version }) as IFunction;
    return this.#alias;
  }
}
