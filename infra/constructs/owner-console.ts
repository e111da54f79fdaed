import { Construct } from 'constructs';
import type { DataStores } from './data-stores.ts';
import { RemitFunction } from './remit-function.ts';
import type { PageRoute } from './web-api.ts';

/** The pages on which owners read what the agents decided and how each workflow stands. */
export class OwnerConsole extends Construct {
  readonly showConsole: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Chains of hashes are checked, and some hundred decisions read.
    this.showConsole = new RemitFunction(this, 'ShowConsole', { entry: 'show-console', memorySize: 1_024 });
  }

  /** It reads, and changes nothing: what its pages send goes to the functions that may write that. */
  grantData(stores: DataStores): void {
    stores.grantReadCase(this.showConsole);
    stores.grantReadActions(this.showConsole);
    stores.grantReadLists(this.showConsole);
    stores.grantReadSettings(this.showConsole);
    stores.grantReadLedger(this.showConsole);
    stores.grantReadEvaluations(this.showConsole);
    stores.grantReadShapes(this.showConsole);
  }

  /** Proved by a cookie. */
  pages(): readonly PageRoute[] {
    const paths = ['/cases', '/cases/{id}', '/cases/{id}/overturn', '/workflows', '/workflows/{id}'];
    return paths.map((path) => ({ path, fn: this.showConsole }));
  }
}
