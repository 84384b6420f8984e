// The same entries synced by this app and by its peers through one counting, shaped proxy.
//   node wire.mjs [--quick] [--systems a,b] [--cases first,push,pull,idle] [--entries 1,50] [--profiles GPRS]
//                 [--seed N] [--limit SECONDS] [--jobs N] [--out FILE]
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { entropyBits } from './lib/entries.mjs';
import { PROFILES } from './lib/proxy.mjs';
import { table } from './lib/table.mjs';

const SYSTEMS = ['thidua', 'pouchdb', 'rxdb', 'yjs', 'automerge', 'json-brotli'];
const CASES = ['first', 'push', 'pull', 'idle'];
const COUNTS = [1, 50, 500, 5000];
const PULLED = 550;

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

// Each run has a process of its own: what one compresses must not hold up another's link.
async function run(plan) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.mjs'), JSON.stringify({ ...plan, seed })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [answer, said] = ['', ''];
  child.stdout.on('data', (chunk) => (answer += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill();
  }, limitMs);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (late) throw new Error(`not finished after ${limitMs / 1000} s`);
  if (code !== 0) throw new Error(said.match(/^.*Error.*$/m)?.[0] ?? `exit code ${code}`);
  return JSON.parse(answer.trim().split('\n').at(-1));
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
const [load] = loadavg();
console.log(`written: ${out}; load of the last minute ${load.toFixed(1)} on ${availableParallelism()} cores`);
if (load > availableParallelism()) console.log('the machine was busy with other work: seconds include waiting for it');
process.exit(failures.length > 0 ? 1 : 0);
