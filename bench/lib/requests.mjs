// Tells where HTTP/1.1 requests begin in the bytes of one connection, by their own framing.

const END = Buffer.from('\r\n\r\n');

export class RequestCounter {
  rest = Buffer.alloc(0);
  // What is being read: a head, `left` bytes of a body, or a chunk's size line.
  state = 'head';
  left = 0;

  constructor(found) {
    this.found = found;
  }

  take(chunk) {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    while (this.rest.length > 0 && this.step());
  }

  step() {
    if (this.state === 'body' || this.state === 'chunk') {
      const taken = Math.min(this.left, this.rest.length);
      this.rest = this.rest.subarray(taken);
      this.left -= taken;
      if (this.left === 0) this.state = this.state === 'body' ? 'head' : 'size';
      return true;
    }
    if (this.state === 'size') {
      const end = this.rest.indexOf('\r\n');
      if (end < 0) return false;
      const size = Number.parseInt(this.rest.toString('latin1', 0, end), 16);
      this.rest = this.rest.subarray(end + 2);
      // The chunk's own line end is counted with it. After the last chunk comes an empty line: nobody
      // here sends trailers.
      this.left = size + 2;
      this.state = size === 0 ? 'body' : 'chunk';
      return true;
    }
    const end = this.rest.indexOf(END);
    if (end < 0) return false;
    const head = this.rest.toString('latin1', 0, end);
    this.rest = this.rest.subarray(end + END.length);
    this.found(head.split('\r\n', 1)[0]);
    if (/^transfer-encoding:.*chunked/im.test(head)) this.state = 'size';
    else {
      this.left = Number(head.match(/^content-length: *(\d+)/im)?.[1] ?? 0);
      if (this.left > 0) this.state = 'body';
    }
    return true;
  }
}
