// What the peers' servers and clients share: plain HTTP/1.1 on kept connections.
import { createServer, Agent, request as httpRequest } from 'node:http';
import { constants, brotliCompressSync, brotliDecompressSync } from 'node:zlib';

// An idle connection outlives the longest case.
export const KEEP_MS = 3_600_000;

export async function listen(handler) {
  const server = createServer(handler);
  server.keepAliveTimeout = KEEP_MS;
  server.requestTimeout = 0;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export async function close(server) {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

// A server whose routes take and give bytes.
export const serveBytes = (routes) =>
  listen(async (request, response) => {
    const route = routes[request.url.split('?')[0]];
    try {
      const body = await collect(request);
      const answer = await route(body, new URL(request.url, 'http://localhost').searchParams);
      response.sendDate = false;
      response.writeHead(200, { 'content-length': answer.length }).end(answer);
    } catch (error) {
      console.error(error);
      response.writeHead(500).end();
    }
  });

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// A client on one kept connection, with no header that is not needed.
export class Client {
  constructor(url) {
    this.url = url;
    this.agent = new Agent({ keepAlive: true, maxSockets: 1 });
  }

  async post(path, body) {
    const once = () =>
      new Promise((resolve, reject) => {
        const sent = httpRequest(this.url + path, {
          method: 'POST', agent: this.agent, headers: { 'content-length': body.length },
        });
        sent.on('error', reject);
        sent.on('response', (response) => {
          if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`));
          collect(response).then(resolve, reject);
        });
        sent.end(body);
      });
    return once();
  }

  close() {
    this.agent.destroy();
  }
}

// The strongest setting: the peers get what Brotli can do at all.
export const pack = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
export const unpack = brotliDecompressSync;
