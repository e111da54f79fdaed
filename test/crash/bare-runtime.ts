/** `node test/crash/bare-runtime.ts <folder> [port]`: all services over one endpoint, without a template, until it is killed. */
import { createServices } from '../../local/boot/services.ts';
import { Dispatcher, listen } from '../../local/endpoint/index.ts';
import { createIam } from '../../local/iam/index.ts';
import { Activity } from '../../local/kernel/activity.ts';
import { MovableClock } from '../../local/kernel/clock.ts';
import { Store } from '../../local/kernel/store.ts';
import { createMeter } from '../../local/meter/index.ts';

const [folder, port = '0'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder for the data.');

const place = { partition: 'aws', region: 'us-east-1', accountId: '000000000000' } as const;
const store = new Store(`${folder}/data.sqlite`);
const activity = new Activity();
const clock = new MovableClock(store, activity);
const meter = createMeter(store);
// Without a template there are no roles: everything is allowed.
const iam = Object.assign(createIam({ store, place }), { authorize: () => undefined });
const dispatcher = new Dispatcher({ iam, meter, clock });
const endpoint = await listen(Number(port));
const { dispatch } = dispatcher;
const services = createServices({ store, activity, clock, place, meter, dispatch, endpoint: endpoint.url });
for (const service of services.all) dispatcher.register(service);
endpoint.addRoutes(services.routes);
for (const service of services.all) service.start();
endpoint.open({
  dispatch: dispatcher.dispatchFromWire,
  surface: (_, response) => void response.end(),
  api: (_, response) => void response.writeHead(404).end(),
});
console.log(endpoint.url);
