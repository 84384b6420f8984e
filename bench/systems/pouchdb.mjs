// PouchDB and express-pouchdb, both on the memory adapter: how they store does not change what they say.
import PouchDB from 'pouchdb';
import memory from 'pouchdb-adapter-memory';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import { Agent } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close, listen } from '../lib/http.mjs';

PouchDB.plugin(memory);
// Five times the library's default: fewer rounds, each still small enough for a weak link.
const BATCH = 500;
let databases = 0;

export async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'so-thi-dua-pouch-'));
  const Hosted = PouchDB.defaults({ adapter: 'memory', prefix: `${folder}/` });
  const app = express();
  app.disable('x-powered-by');
  app.use('/', expressPouchDB(Hosted, {
    mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt'),
  }));
  // Its list of databases is one for the whole process: two hubs in it must not share a name.
  databases += 1;
  const name = `entries${databases}`;
  const held = new Hosted(name);
  await held.info();
  const server = await listen(app);
  const size = async (database) => (await database.info()).doc_count;
  return {
    port: server.address().port,
    tablet: async (url, device) => {
      databases += 1;
      const local = new PouchDB(`${device}-${databases}`, { adapter: 'memory' });
      // A browser keeps its connections, up to six; PouchDB in Node closes each unless it is given an agent.
      const agent = new Agent({ keepAlive: true, maxSockets: 6 });
      const remote = new PouchDB(`${url}/${name}`, {
        skip_setup: true, fetch: (address, options) => PouchDB.fetch(address, { ...options, agent }),
      });
      return {
        write: async (entries) => {
          const rows = entries.map(({ id, at, author, values }) => ({ _id: id, at, author, ...values }));
          for (const row of await local.bulkDocs(rows)) if (row.error) throw row;
        },
        sync: async () => {
          const options = { batch_size: BATCH };
          await local.replicate.to(remote, options);
          await local.replicate.from(remote, options);
        },
        count: () => size(local),
        close: async () => {
          agent.destroy();
          await local.destroy();
        },
      };
    },
    count: () => size(held),
    stop: async () => {
      await close(server);
      await held.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
