import { listen, type RestRoute } from '../../endpoint/index.ts';
import { Activity } from '../../kernel/activity.ts';
import { MovableClock } from '../../kernel/clock.ts';
import type { Dispatch, Service } from '../../kernel/service.ts';
import { Store } from '../../kernel/store.ts';

/**
 * One service alone behind the real endpoint, in memory and without IAM, for contract tests with SDK clients. Calls
 * that the service makes itself are noted and answered with nothing.
 */
export async function serveAlone<S extends Service>(make: (parts: ServiceParts) => S): Promise<ServedService<S>> {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const endpoint = await listen(0);
  const made: string[] = [];
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const service = make({
    store,
    clock,
    activity,
    place,
    endpoint: () => endpoint.url,
    dispatch: async ({ service: name, operation }) => {
      made.push(`${name}:${operation}`);
      return {};
    },
  });
  if ('routes' in service) endpoint.addRoutes(service.routes as readonly RestRoute[]);
  endpoint.open({ dispatch: (call) => answer(service, call), surface: () => undefined, api: () => undefined });
  return {
    service,
    clock,
    made,
    client: {
      endpoint: endpoint.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    },
    close: async () => {
      clock.stop();
      await endpoint.stop();
      store.close();
    },
  };
}

export interface ServiceParts {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly place: { readonly partition: 'aws'; readonly region: string; readonly accountId: string };
  readonly endpoint: () => string;
  readonly dispatch: Dispatch;
}

export interface ServedService<S extends Service> {
  readonly service: S;
  readonly clock: MovableClock;
  /** The calls that the service made: `sqs:SendMessage`. */
  readonly made: readonly string[];
  /** Settings for an SDK client. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  readonly close: () => Promise<void>;
}

function answer(service: Service, { operation, input, caller }: Parameters<Dispatch>[0]): ReturnType<Dispatch> {
  const found = service.operations[operation];
  if (found === undefined) throw new Error(`${service.name} has no operation ${operation}.`);
  found.permissions(input);
  return Promise.resolve(found.run(input, caller));
}
