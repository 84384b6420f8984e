// Yjs: one document, a map of maps so that fields merge one by one as the app's do. State vector and
// V2 update travel in one POST, and what the other side lacks comes back; both with Brotli.
import * as Y from 'yjs';
import { Client, close, pack, serveBytes, unpack } from '../lib/http.mjs';

const message = (vector, update) => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(vector.length);
  return pack(Buffer.concat([head, vector, update]));
};
const parts = (bytes) => {
  const body = unpack(bytes);
  const end = 4 + body.readUInt32BE(0);
  return [body.subarray(4, end), body.subarray(end)];
};

export async function start() {
  const held = new Y.Doc();
  const server = await serveBytes({
    '/sync': (body) => {
      const [vector, update] = parts(body);
      Y.applyUpdateV2(held, update);
      return message(Y.encodeStateVector(held), Y.encodeStateAsUpdateV2(held, vector));
    },
  });
  const size = (doc) => doc.getMap('entries').size;
  return {
    port: server.address().port,
    tablet: async (url) => {
      const client = new Client(url);
      const doc = new Y.Doc();
      const root = doc.getMap('entries');
      // What the server said it holds: the next update starts there.
      let known;
      return {
        write: async (entries) => {
          for (const { id, at, author, values } of entries) {
            doc.transact(() => root.set(id, new Y.Map(Object.entries({ at, author, ...values }))));
          }
        },
        sync: async () => {
          const update = Y.encodeStateAsUpdateV2(doc, known);
          const [vector, news] = parts(await client.post('/sync', message(Y.encodeStateVector(doc), update)));
          Y.applyUpdateV2(doc, news);
          known = Uint8Array.from(vector);
        },
        count: async () => size(doc),
        close: async () => client.close(),
      };
    },
    count: async () => size(held),
    stop: () => close(server),
  };
}
