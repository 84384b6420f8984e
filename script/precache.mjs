// Finishes dist/ after Trunk: writes the service worker with the list of files that it keeps for
// offline use, and puts compressed copies beside the files for the server to hand out.
//   node script/precache.mjs [--no-compress] [DIST]
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const COMPRESSIBLE = new Set([
  '.css', '.html', '.ico', '.js', '.json', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest', '.xml',
]);
// Under this a compressed answer is no smaller on the wire.
const MIN_BYTES = 1024;

const args = process.argv.slice(2);
const compress = !args.includes('--no-compress');
const dist = args.find((arg) => !arg.startsWith('--')) ?? join(ROOT, 'dist');

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function filesUnder(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(dir, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((path) => !/\.(br|gz)$/.test(path))
    .sort();
}

// A placeholder that is not there means that the worker and this script have drifted apart: an app
// that looks installed and does not start offline is the one fault that nobody sees while building.
function fill(source, placeholder, value) {
  if (source.split(placeholder).length !== 2) {
    throw new Error(`app/sw.js must hold exactly once: ${placeholder}`);
  }
  return source.replace(placeholder, () => value);
}

function writeServiceWorker() {
  const template = join(ROOT, 'app', 'sw.js');
  if (!existsSync(template)) {
    console.error('    note: there is no app/sw.js; dist/ has no service worker');
    return;
  }
  // The browser keeps the worker itself, and looks for a newer one by itself.
  const list = filesUnder(dist)
    .filter((path) => path !== 'sw.js')
    .map((path) => ({ url: `/${path}`, hash: sha256(readFileSync(join(dist, path))) }));
  let source = readFileSync(template, 'utf8');
  // The version covers the worker's own text too: a change of it alone makes a new cache.
  const version = sha256(JSON.stringify(list) + source).slice(0, 16);
  source = fill(source, 'const PRECACHE = [];', `const PRECACHE = ${JSON.stringify(list, null, 2)};`);
  source = fill(source, 'const VERSION = "dev";', `const VERSION = "${version}";`);
  writeFileSync(join(dist, 'sw.js'), source);
  console.error(`    ${list.length} files for offline use, version ${version}`);
}

function compressFiles() {
  let plain = 0;
  let packed = 0;
  for (const path of filesUnder(dist)) {
    const bytes = readFileSync(join(dist, path));
    if (bytes.length < MIN_BYTES || !COMPRESSIBLE.has(extname(path))) continue;
    const br = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    writeFileSync(join(dist, `${path}.br`), br);
    writeFileSync(join(dist, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    plain += bytes.length;
    packed += br.length;
  }
  console.error(`    ${(plain / 1024).toFixed(0)} KiB to compress, ${(packed / 1024).toFixed(0)} KiB in Brotli`);
}

writeServiceWorker();
if (compress) compressFiles();
