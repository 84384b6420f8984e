// No protocol at all: the entries as JSON, Brotli, one POST; the answer has what is new. What a program
// that trusts its network would do.
import { Client, close, pack, serveBytes, unpack } from '../lib/http.mjs';

export async function start() {
  const log = [];
  const server = await serveBytes({
    '/sync': (body) => {
      const { device, cursor, entries } = JSON.parse(unpack(body));
      const news = log.slice(cursor).filter((row) => row.device !== device);
      log.push(...entries.map((entry) => ({ device, entry })));
      return pack(Buffer.from(JSON.stringify({ cursor: log.length, entries: news.map((row) => row.entry) })));
    },
  });
  return {
    port: server.address().port,
    tablet: async (url, device) => {
      const client = new Client(url);
      const held = new Map();
      let cursor = 0;
      let waiting = [];
      return {
        write: async (entries) => {
          for (const { id, at, author, values } of entries) waiting.push({ id, at, author, ...values });
        },
        sync: async () => {
          const body = pack(Buffer.from(JSON.stringify({ device, cursor, entries: waiting })));
          const answer = JSON.parse(unpack(await client.post('/sync', body)));
          for (const entry of [...waiting, ...answer.entries]) held.set(entry.id, entry);
          waiting = [];
          cursor = answer.cursor;
        },
        count: async () => held.size,
        close: async () => client.close(),
      };
    },
    count: async () => new Set(log.map((row) => row.entry.id)).size,
    stop: () => close(server),
  };
}
