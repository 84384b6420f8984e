// The real server, started on a free port with a data folder of its own, killed and started again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;
const BINARY = process.env.THIDUA_SERVER ?? join(ROOT, 'target/release/thidua-server');
const DIST = process.env.THIDUA_DIST ?? join(ROOT, 'dist');

async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class Server {
  static async create() {
    const server = new Server();
    server.dataDir = mkdtempSync(join(tmpdir(), 'so-thi-dua-'));
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    server.dist = DIST;
    return server;
  }

  async start() {
    const args = ['serve', '--data-dir', this.dataDir, '--port', String(this.port), '--dist', this.dist];
    this.process = spawn(BINARY, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.log = '';
    this.process.stdout.on('data', (chunk) => (this.log += chunk));
    this.process.stderr.on('data', (chunk) => (this.log += chunk));
    const deadline = Date.now() + 20_000;
    for (;;) {
      try {
        if ((await fetch(`${this.url}/api/health`)).ok) return;
      } catch {
        // Not listening yet.
      }
      if (this.process.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the server did not start:\n${this.log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  // As a power cut does it: no time to finish anything.
  async kill() {
    if (!this.process || this.process.exitCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await gone;
    this.process = undefined;
  }

  async dispose() {
    await this.kill();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  cli(args, input = '') {
    const done = spawnSync(BINARY, [...args, '--data-dir', this.dataDir], { input, encoding: 'utf8' });
    if (done.status !== 0) {
      throw new Error(`${args.join(' ')} failed:\n${done.stdout}${done.stderr}`);
    }
    return done.stdout;
  }

  account(name, role, area, password = 'mat-khau-thu-nghiem') {
    this.cli(['account', 'add', name, '--role', role, '--area', area, '--display-name', name, '--password-stdin'], `${password}\n`);
    return { name, password };
  }

  roster(commune, rows) {
    const file = join(this.dataDir, 'roster.csv');
    const lines = rows.map(({ area, head, house }) => `${area},${head},${house}`);
    writeFileSync(file, ['Khu dân cư,Chủ hộ,Số nhà', ...lines].join('\n'));
    return this.cli(['roster', 'import', file, '--commune', commune]);
  }

  // What the server counts, asked as a reviewer would.
  overview(account, area) {
    return this.ask(account, `/api/overview?area=${area}`);
  }

  // An entry with its history.
  entry(account, record) {
    return this.ask(account, `/api/entries/${record}`);
  }

  async ask(account, path) {
    const signedIn = await fetch(`${this.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ account: account.name, password: account.password }),
    });
    const cookie = signedIn.headers.get('set-cookie').split(';')[0];
    const answer = await fetch(`${this.url}${path}`, { headers: { cookie } });
    return answer.json();
  }
}

export function tallyOf(overview, assessment) {
  return overview.own.tallies.find((row) => row.assessment === assessment)?.tally;
}
