// One run: a hub, its tablets, the proxy between them. Prints the row.
//   node run.mjs '{"system": …, "case": …, "entries": …, "profile": …, "seed": …}'
import { entries } from './lib/entries.mjs';
import { PROFILES, Proxy } from './lib/proxy.mjs';

const COMMUNE = '03751';
const AUTHOR = 'can-bo-1';
let hub;

async function run({ seed, ...plan }) {
  const { start } = await import(`./systems/${plan.system}.mjs`);
  const warm = plan.case === 'first' ? 0 : 1;
  const total = warm + plan.entries;
  // From soon on: a tablet's clock does not go back behind what it has seen of others, the register's import.
  const data = entries(total, { seed, start: Date.now() + 60_000, author: AUTHOR, commune: COMMUNE });
  hub = await start({ families: Math.max(1, total), author: AUTHOR });
  const proxy = await Proxy.to(hub.port);
  try {
    const writer = await hub.tablet(proxy.url, 'tablet-1');
    const reader = plan.case === 'pull' ? await hub.tablet(proxy.url, 'tablet-2') : undefined;
    const measured = reader ?? writer;
    if (warm > 0) {
      await writer.write(data.slice(0, warm));
      await writer.sync();
      // Twice, so that no acknowledgement of the first is left over; the connection is warm as well.
      await measured.sync();
      await measured.sync();
    }
    if (plan.entries > 0) await writer.write(data.slice(warm));
    if (reader) await writer.sync();
    if (plan.case === 'first') proxy.dropConnections();
    proxy.shape(PROFILES[plan.profile]);
    const before = proxy.count();
    const began = performance.now();
    await measured.sync();
    const seconds = (performance.now() - began) / 1000;
    const after = proxy.count();
    proxy.shape(undefined);
    // A figure for work that was not done would be worth nothing.
    for (const [who, held] of [['tablet', await measured.count()], ['server', await hub.count()]]) {
      if (held !== undefined && held !== total) throw new Error(`${who} holds ${held} of ${total}`);
    }
    if (measured.waiting && (await measured.waiting()) !== 0) throw new Error('edits are left in the outbox');
    return {
      ...plan,
      requests: after.requests - before.requests,
      bytes_up: after.up - before.up,
      bytes_down: after.down - before.down,
      seconds: Math.round(seconds * 1000) / 1000,
    };
  } finally {
    proxy.shape(undefined);
    await proxy.close();
    await hub.stop();
  }
}

// A run that takes too long is told to end: the server and the browser it started end with it.
process.once('SIGTERM', () => {
  const end = () => process.exit(143);
  Promise.resolve(hub?.stop()).then(end, end);
});
console.log(JSON.stringify(await run(JSON.parse(process.argv[2]))));
process.exit();
