// RxDB's replication with handlers over HTTP, as its guide for HTTP has them; bodies with Brotli, since the
// handlers are the user's own.
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { firstValueFrom, filter } from 'rxjs';
import { Client, close, pack, serveBytes, unpack } from '../lib/http.mjs';

const BATCH = 1_000;
const schema = {
  version: 0, primaryKey: 'id', type: 'object', required: ['id', 'at', 'author', 'values'],
  properties: {
    id: { type: 'string', maxLength: 40 }, at: { type: 'number' }, author: { type: 'string' },
    values: { type: 'object' },
  },
};
const send = (value) => pack(Buffer.from(JSON.stringify(value)));
const read = (bytes) => JSON.parse(unpack(bytes));
let databases = 0;

export async function start() {
  const held = new Map();
  let last = 0;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const server = await serveBytes({
    '/push': (body) => {
      const { device, rows } = read(body);
      const conflicts = [];
      for (const { assumedMasterState, newDocumentState } of rows) {
        const current = held.get(newDocumentState.id);
        if (current && !same(current.document, assumedMasterState)) conflicts.push(current.document);
        else held.set(newDocumentState.id, { document: newDocumentState, number: (last += 1), device });
      }
      return send(conflicts);
    },
    '/pull': (body) => {
      const { device, checkpoint, limit } = read(body);
      const after = checkpoint?.number ?? 0;
      const all = [...held.values()].filter((row) => row.number > after).sort((a, b) => a.number - b.number);
      const page = all.slice(0, limit);
      // What the device wrote itself it need not be told.
      const documents = page.filter((row) => row.device !== device).map((row) => row.document);
      return send({ documents, checkpoint: { number: page.at(-1)?.number ?? after } });
    },
  });
  return {
    port: server.address().port,
    tablet: async (url, device) => {
      databases += 1;
      const database = await createRxDatabase({
        name: `entries${databases}`, storage: getRxStorageMemory(), multiInstance: false,
      });
      const { entries: local } = await database.addCollections({ entries: { schema } });
      const client = new Client(url);
      let replication;
      const begin = () => {
        const clean = ({ id, at, author, values, _deleted }) => ({ id, at, author, values, _deleted });
        replication = replicateRxCollection({
          collection: local, replicationIdentifier: 'entries', live: true, retryTime: 1_000,
          push: {
            batchSize: BATCH,
            handler: async (rows) => {
              const cleaned = rows.map((row) => ({
                newDocumentState: clean(row.newDocumentState),
                assumedMasterState: row.assumedMasterState && clean(row.assumedMasterState),
              }));
              return read(await client.post('/push', send({ device, rows: cleaned })));
            },
          },
          pull: {
            batchSize: BATCH,
            handler: async (checkpoint, limit) =>
              read(await client.post('/pull', send({ device, checkpoint, limit }))),
          },
        });
        replication.error$.subscribe((error) => console.error('rxdb', error.message));
      };
      return {
        // Stopped while writing, as a tablet without a connection is: what waits goes out together.
        write: async (entries) => {
          await replication?.pause();
          await local.bulkInsert(entries.map(({ id, at, author, values }) => ({ id, at, author, values })));
        },
        sync: async () => {
          if (!replication) begin();
          else if (replication.isPaused()) {
            await replication.start();
            replication.reSync();
          } else replication.reSync();
          await replication.awaitInSync();
          await firstValueFrom(replication.active$.pipe(filter((active) => !active)));
        },
        count: async () => (await local.find().exec()).length,
        close: async () => {
          await replication?.cancel();
          client.close();
          await database.remove();
        },
      };
    },
    count: async () => held.size,
    stop: () => close(server),
  };
}
