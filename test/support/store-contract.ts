import { afterAll, beforeAll, describe } from 'vitest';
import { actionContract } from './store-contract/actions.ts';
import { batchContract } from './store-contract/batches.ts';
import { capContract } from './store-contract/caps.ts';
import { caseContract } from './store-contract/cases.ts';
import { erasureContract } from './store-contract/erasures.ts';
import { historyContract } from './store-contract/histories.ts';
import { linkContract } from './store-contract/links.ts';
import { listContract } from './store-contract/lists.ts';
import { lockContract } from './store-contract/locks.ts';
import { overturningContract } from './store-contract/overturnings.ts';
import { peopleContract } from './store-contract/people.ts';
import { recordContract } from './store-contract/records.ts';
import { requestContract } from './store-contract/requests.ts';
import { shapeContract } from './store-contract/shapes.ts';
import { spotCheckContract } from './store-contract/spot-checks.ts';
import { stepContract } from './store-contract/steps.ts';
import { StoreFixture, type Stores } from './store-contract/store-fixture.ts';
import { takeBackContract } from './store-contract/take-back.ts';
import { toWakeContract } from './store-contract/to-wake.ts';
import { turnContract } from './store-contract/turns.ts';

/** What every implementation of the stores has to do. */
export function storeContract(name: string, open: () => Promise<Stores>): void {
  describe(name, () => {
    let stores: Stores | null = null;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores?.close());

    const fixture = new StoreFixture(() => {
      if (stores === null) throw new Error('the stores are not open yet');
      return stores;
    });
    caseContract(fixture);
    actionContract(fixture);
    stepContract(fixture);
    turnContract(fixture);
    lockContract(fixture);
    requestContract(fixture);
    listContract(fixture);
    toWakeContract(fixture);
    overturningContract(fixture);
    capContract(fixture);
    shapeContract(fixture);
    recordContract(fixture);
    spotCheckContract(fixture);
    historyContract(fixture);
    batchContract(fixture);
    takeBackContract(fixture);
    linkContract(fixture);
    peopleContract(fixture);
    erasureContract(fixture);
  });
}
