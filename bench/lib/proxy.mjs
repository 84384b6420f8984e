// A TCP proxy on loopback that counts every byte of both directions and lets them through no faster
// than a mobile network would. It knows nothing of what is said, except where an HTTP request begins.
import { createServer, connect } from 'node:net';
import { RequestCounter } from './requests.mjs';

// Kilobits a second and the round trip in milliseconds, half of it each way.
export const PROFILES = {
  GPRS: { down: 50, up: 20, roundTrip: 500 },
  '2G': { down: 250, up: 50, roundTrip: 300 },
  EDGE: { down: 240, up: 200, roundTrip: 840 },
};

// A link sends packets, not whole buffers: the first bytes of a body arrive before its last are sent.
const PACKET = 1_400;
// What may wait in the link before the sender has to stop, as in a modem's buffer.
const BUFFER = 64 * 1024;

// One direction of the link, shared by all connections: a queue that is emptied at the link's rate.
class Lane {
  queue = [];
  waiting = 0;
  freeAt = 0;
  bitsPerMs = Infinity;
  delay = 0;
  stopped = new Set();

  send(chunk, from, to) {
    for (let at = 0; at < chunk.length; at += PACKET) {
      const packet = chunk.subarray(at, at + PACKET);
      this.freeAt = Math.max(performance.now(), this.freeAt) + (packet.length * 8) / this.bitsPerMs;
      this.queue.push({ due: this.freeAt + this.delay, packet, to });
      this.waiting += packet.length;
    }
    if (this.waiting > BUFFER) {
      from.pause();
      this.stopped.add(from);
    }
    this.run();
  }

  end(to) {
    this.queue.push({ due: Math.max(performance.now(), this.freeAt) + this.delay, to });
    this.run();
  }

  run() {
    if (this.timer !== undefined) return;
    while (this.queue.length > 0) {
      const early = this.queue[0].due - performance.now();
      if (early > 0) {
        this.timer = setTimeout(() => {
          this.timer = undefined;
          this.run();
        }, Math.ceil(early));
        break;
      }
      const { packet, to } = this.queue.shift();
      if (packet === undefined) {
        to.end();
        continue;
      }
      this.waiting -= packet.length;
      if (!to.destroyed) to.write(packet);
    }
    if (this.waiting <= BUFFER / 2) {
      for (const socket of this.stopped) socket.resume();
      this.stopped.clear();
    }
  }
}

export class Proxy {
  static async to(port) {
    const proxy = new Proxy();
    proxy.up = new Lane();
    proxy.down = new Lane();
    proxy.roundTrip = 0;
    proxy.bytesUp = 0;
    proxy.bytesDown = 0;
    proxy.requests = [];
    proxy.sockets = new Set();
    // allowHalfOpen: one side's end is handed on when its turn in the lane comes.
    proxy.server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => proxy.accept(client, port));
    await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = proxy.server.address().port;
    proxy.url = `http://127.0.0.1:${proxy.port}`;
    return proxy;
  }

  // Undefined lets everything through at once.
  shape(profile) {
    this.roundTrip = profile?.roundTrip ?? 0;
    for (const [lane, kilobits] of [[this.up, profile?.up], [this.down, profile?.down]]) {
      lane.bitsPerMs = kilobits ?? Infinity;
      lane.delay = this.roundTrip / 2;
    }
  }

  count() {
    return { up: this.bytesUp, down: this.bytesDown, requests: this.requests.length };
  }

  // The next request has to connect anew.
  dropConnections() {
    for (const socket of this.sockets) socket.destroy();
  }

  async close() {
    this.dropConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  accept(client, port) {
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const counter = new RequestCounter((line) => this.requests.push(line));
    const pair = [client, server];
    for (const socket of pair) {
      this.sockets.add(socket);
      // A socket that broke takes the other end with it.
      socket.on('error', () => pair.forEach((end) => end.destroy()));
      socket.on('close', () => {
        this.sockets.delete(socket);
        pair.forEach((end) => end.destroyed || end.destroySoon());
      });
    }
    const listen = () => {
      client.on('data', (chunk) => {
        this.bytesUp += chunk.length;
        counter.take(chunk);
        this.up.send(chunk, client, server);
      });
      client.on('end', () => this.up.end(server));
    };
    // The handshake of TCP costs a round trip before the first byte can be sent.
    if (this.roundTrip > 0) setTimeout(listen, this.roundTrip);
    else listen();
    server.on('data', (chunk) => {
      this.bytesDown += chunk.length;
      this.down.send(chunk, server, client);
    });
    server.on('end', () => this.down.end(client));
  }
}
