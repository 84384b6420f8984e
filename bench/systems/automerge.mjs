// Automerge with its own sync protocol, one message a POST and one in the answer, until neither side
// has more to say. Its messages are compressed by itself.
import * as Automerge from '@automerge/automerge';
import { Client, close, serveBytes } from '../lib/http.mjs';

const none = Buffer.alloc(0);

export async function start() {
  // Both sides begin with the same first change, as its documentation advises.
  const first = Automerge.save(Automerge.from({ entries: {} }, '00'.repeat(16)));
  let held = Automerge.load(first);
  const states = new Map();
  const server = await serveBytes({
    '/sync': (body, query) => {
      const device = query.get('d');
      let state = states.get(device) ?? Automerge.initSyncState();
      if (body.length > 0) [held, state] = Automerge.receiveSyncMessage(held, state, new Uint8Array(body));
      const [next, answer] = Automerge.generateSyncMessage(held, state);
      states.set(device, next);
      return answer ? Buffer.from(answer) : none;
    },
  });
  const size = (doc) => Object.keys(doc.entries).length;
  return {
    port: server.address().port,
    tablet: async (url, device) => {
      const client = new Client(url);
      let doc = Automerge.load(first);
      let state = Automerge.initSyncState();
      return {
        write: async (entries) => {
          for (const { id, at, author, values } of entries) {
            const change = (draft) => {
              draft.entries[id] = { author, ...values };
            };
            // The time of a change is Automerge's own field; it counts seconds.
            doc = Automerge.change(doc, { time: Math.floor(at / 1000) }, change);
          }
        },
        sync: async () => {
          for (;;) {
            const [next, message] = Automerge.generateSyncMessage(doc, state);
            const answer = await client.post(`/sync?d=${device}`, message ? Buffer.from(message) : none);
            state = next;
            if (answer.length > 0) [doc, state] = Automerge.receiveSyncMessage(doc, state, new Uint8Array(answer));
            else if (!message) return;
            else continue;
          }
        },
        count: async () => size(doc),
        close: async () => client.close(),
      };
    },
    count: async () => size(held),
    stop: () => close(server),
  };
}
