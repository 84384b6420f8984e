// The same entries synced by this app and by its peers through one counting, shaped proxy.
//   node wire.mjs [--quick] [--systems a,b] [--cases first,push,pull,idle] [--entries 1,50] [--profiles GPRS]
//                 [--seed N] [--limit SECONDS] [--jobs N] [--out FILE]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { entries, entropyBits } from './lib/entries.mjs';
import { PROFILES, Proxy } from './lib/proxy.mjs';
import { table } from './lib/table.mjs';

const SYSTEMS = ['thidua', 'pouchdb', 'rxdb', 'yjs', 'automerge', 'json-brotli'];
const CASES = ['first', 'push', 'pull', 'idle'];
const COUNTS = [1, 50, 500, 5000];
const PULLED = 550;
const COMMUNE = '03751';
const AUTHOR = 'can-bo-1';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean' }, systems: { type: 'string' }, cases: { type: 'string' },
    entries: { type: 'string' }, profiles: { type: 'string' }, seed: { type: 'string' },
    limit: { type: 'string' }, jobs: { type: 'string' }, out: { type: 'string' },
  },
});
const chosen = (text, all, quick) => {
  if (!text) return given.quick ? quick : all;
  const asked = text.split(',');
  const strange = asked.filter((name) => !all.map(String).includes(name));
  if (strange.length > 0) throw new Error(`not known: ${strange}; there are ${all}`);
  return all.filter((name) => asked.includes(String(name)));
};
const systems = chosen(given.systems, SYSTEMS, SYSTEMS);
const cases = chosen(given.cases, CASES, ['push', 'idle']);
const counts = chosen(given.entries, COUNTS, [50]);
const profiles = chosen(given.profiles, Object.keys(PROFILES), ['EDGE']);
const seed = Number(given.seed ?? 20_221_115);
const limitMs = Number(given.limit ?? 3_600) * 1_000;
const out = given.out ?? join(import.meta.dirname, '../target/bench/wire.json');

const plans = [];
for (const profile of profiles) {
  for (const name of cases) {
    const sizes = name === 'pull' ? [PULLED] : name === 'idle' ? [0] : counts;
    for (const count of sizes) for (const system of systems) plans.push({ system, case: name, entries: count, profile });
  }
}

const within = (promise, what) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not finished after ${limitMs / 1000} s`)), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

async function run(plan) {
  const { start } = await import(`./systems/${plan.system}.mjs`);
  const warm = plan.case === 'first' ? 0 : 1;
  const total = warm + plan.entries;
  // From now on: a tablet's clock does not go back behind what it has seen of others.
  const data = entries(total, { seed, start: Date.now(), author: AUTHOR, commune: COMMUNE });
  const hub = await start({ families: Math.max(1, total), author: AUTHOR });
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
    await within(measured.sync(), Object.values(plan).join(' '));
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

const bits = entropyBits();
const bytes = (value) => (value / 8).toFixed(1);
console.log(`seed ${seed}; ${plans.length} runs`);
console.log(`entropy of an entry: ${bytes(bits.total)} B (scores ${bytes(bits.scores)}, flags ${bytes(bits.flags)}, `
  + `note ${bytes(bits.note)}, time ${bytes(bits.time)})`);

const rows = [];
const failures = [];
const write = () => {
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(rows, null, 1)}\n`);
};
// Small work first, and a few at a time: a run mostly waits for its link.
const queue = plans.sort((a, b) => a.entries - b.entries);
const worker = async () => {
  for (let plan = queue.shift(); plan; plan = queue.shift()) {
    try {
      rows.push(await run(plan));
      const row = rows.at(-1);
      console.error(`    ${row.system} ${row.case} ${row.entries} ${row.profile}: ${row.bytes_up + row.bytes_down} B, ${row.seconds} s`);
    } catch (error) {
      failures.push(`${plan.system} ${plan.case} ${plan.entries} ${plan.profile}: ${error.message}`);
      console.error(`    FAILED ${failures.at(-1)}`);
    }
    write();
  }
};
await Promise.all(Array.from({ length: Number(given.jobs ?? 4) }, worker));
console.log(table(rows, { systems: SYSTEMS, cases: CASES, profiles: Object.keys(PROFILES) }));
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`written: ${out}`);
process.exit(failures.length > 0 ? 1 : 0);
