// What the figures rest on: bytes are counted exactly, requests are told apart, the link is as slow as stated.
import assert from 'node:assert/strict';
import { createServer as createHttp, request, Agent } from 'node:http';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { entries, entropyBits, luckOf } from '../lib/entries.mjs';
import { Proxy } from '../lib/proxy.mjs';
import { RequestCounter } from '../lib/requests.mjs';

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));

// Sends `up` bytes over one connection, gets `down` bytes back, and says how long each took to arrive.
async function exchange(profile, up, down) {
  const times = {};
  const server = await listening(createServer((socket) => {
    let got = 0;
    socket.on('data', (chunk) => {
      got += chunk.length;
      if (got < up) return;
      times.up = performance.now();
      socket.end(Buffer.alloc(down, 'd'));
    });
  }));
  const proxy = await Proxy.to(server.address().port);
  proxy.shape(profile);
  const began = performance.now();
  let received = 0;
  await new Promise((resolve, reject) => {
    const socket = connect(proxy.port, '127.0.0.1', () => socket.write(Buffer.alloc(up, 'u')));
    socket.on('data', (chunk) => (received += chunk.length));
    socket.on('end', () => socket.end());
    socket.on('close', resolve);
    socket.on('error', reject);
  });
  const ended = performance.now();
  const counted = proxy.count();
  await proxy.close();
  server.close();
  return { counted, received, up: times.up - began, down: ended - times.up };
}

test('every byte is counted, and arrives', async () => {
  for (const [up, down] of [[1, 1], [1_399, 1_401], [70_001, 300_007]]) {
    const { counted, received } = await exchange(undefined, up, down);
    assert.deepEqual([counted.up, counted.down, received], [up, down, down]);
  }
});

test('the link is as slow as stated, to a twentieth and 40 ms', async () => {
  const profile = { up: 400, down: 800, roundTrip: 200 };
  const { counted, up, down } = await exchange(profile, 30_000, 80_000);
  assert.deepEqual([counted.up, counted.down], [30_000, 80_000]);
  // Up: the handshake's round trip, half of another, and the bytes; down: half a round trip and the bytes.
  const near = (got, wanted) =>
    assert.ok(got > wanted - 2 && got < wanted * 1.05 + 40, `${got} ms, ${wanted} expected`);
  near(up, 200 + 100 + (30_000 * 8) / 400);
  near(down, 100 + (80_000 * 8) / 800);
});

test('connections share the link', async () => {
  const server = await listening(createServer((socket) => socket.resume()));
  let arrived = 0;
  const all = new Promise((resolve) => {
    server.on('connection', (socket) => socket.on('data', (chunk) => {
      arrived += chunk.length;
      if (arrived === 40_000) resolve(performance.now());
    }));
  });
  const proxy = await Proxy.to(server.address().port);
  proxy.shape({ up: 400, down: 400, roundTrip: 0 });
  const began = performance.now();
  const sockets = [1, 2].map(() => connect(proxy.port, '127.0.0.1', function () {
    this.write(Buffer.alloc(20_000));
  }));
  const took = (await all) - began;
  assert.ok(took > 798 && took < 880, `${took} ms, 800 expected`);
  sockets.forEach((socket) => socket.destroy());
  await proxy.close();
  server.close();
});

test('requests are told apart on kept connections, whatever their framing', async () => {
  const server = await listening(createHttp((incoming, answer) => incoming.resume().on('end', () => answer.end('ok'))));
  const proxy = await Proxy.to(server.address().port);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method, path, headers, parts) => new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: proxy.port, method, path, headers, agent }, (answer) =>
      answer.resume().on('end', resolve));
    sent.on('error', reject);
    parts.forEach((part) => sent.write(part));
    sent.end();
  });
  await ask('GET', '/1', {}, []);
  await ask('POST', '/2', { 'content-length': 9 }, ['GET / HTT']);
  await ask('POST', '/3', { 'transfer-encoding': 'chunked' }, ['POST / HTTP/1.1\r\n\r\n', 'x'.repeat(70_000)]);
  await ask('GET', '/4', {}, []);
  assert.deepEqual(proxy.requests.map((line) => line.split(' ')[1]), ['/1', '/2', '/3', '/4']);
  agent.destroy();
  await proxy.close();
  server.close();
});

test('requests are told apart when they arrive byte by byte', () => {
  const found = [];
  const counter = new RequestCounter((line) => found.push(line));
  const text = 'POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /b HTTP/1.1\r\n\r\n';
  for (const byte of Buffer.from(text)) counter.take(Buffer.from([byte]));
  assert.deepEqual(found, ['POST /a HTTP/1.1', 'GET /b HTTP/1.1']);
});

test('entries follow from the seed and are spread as stated', () => {
  const options = { seed: 7, start: 1_000, author: 'a', commune: '1' };
  const made = entries(5_000, options);
  assert.deepEqual(entries(5_000, options), made);
  const share = (wanted) => made.filter(wanted).length / made.length;
  assert.ok(Math.abs(share(({ values }) => 'note' in values) - 0.3) < 0.02);
  // Full marks in the first criterion: 0.6 × 0.62 + 0.3 × 0.38 + 0.1 × 0.15.
  assert.ok(Math.abs(share(({ values }) => values['score.c01'] === 8) - 0.501) < 0.02);
  assert.equal(Object.keys(made[0].values).filter((name) => name.startsWith('score.')).length, 15);
  const { scores, total } = entropyBits();
  assert.ok(scores > 20 && scores < 40 && total > scores, `${scores} of ${total}`);
  assert.ok(luckOf(1).next() !== luckOf(2).next());
});
