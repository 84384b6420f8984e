// What a camera sees that is held before another tablet's codes: a video made of them, for Chromium's fake
// camera.
import { writeFileSync } from 'node:fs';

const WIDTH = 640;
const HEIGHT = 480;
// How long each code is seen, and how fast.
const REPEAT = 4;
const RATE = 10;

// The modules of the code that is shown, dark ones as true, without the white around them.
export const modules = (page) =>
  page.locator('.codes__code').evaluate((svg) => {
    const side = svg.viewBox.baseVal.width;
    const dark = new Set([...svg.querySelector('path').getAttribute('d').matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x} ${y}`));
    return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => dark.has(`${x} ${y}`)));
  });

// All codes of the page, in the order of their places.
export async function allCodes(page) {
  const count = Number(await page.locator('.codes').getAttribute('data-codes'));
  const codes = [];
  while (codes.filter(Boolean).length < count) {
    const place = Number(await page.locator('.codes__code').getAttribute('data-place'));
    const code = await modules(page);
    // The code may have changed between the two.
    if (place === Number(await page.locator('.codes__code').getAttribute('data-place'))) codes[place] = code;
  }
  return codes;
}

// Writes the video, in the format that Chromium reads raw: one picture after the other, over and over.
export function video(file, codes) {
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${RATE}:1 Ip C420jpeg\n`);
  const pictures = codes.map(picture);
  const frames = pictures.flatMap((one) => Array.from({ length: REPEAT }, () => [Buffer.from('FRAME\n'), one])).flat();
  writeFileSync(file, Buffer.concat([head, ...frames]));
}

function picture(code) {
  const dots = Math.floor(HEIGHT / code.length);
  const left = Math.floor((WIDTH - dots * code.length) / 2);
  const top = Math.floor((HEIGHT - dots * code.length) / 2);
  const planes = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128);
  planes.fill(200, 0, WIDTH * HEIGHT);
  code.forEach((row, y) =>
    row.forEach((dark, x) => {
      for (let line = 0; line < dots; line += 1) {
        const from = (top + y * dots + line) * WIDTH + left + x * dots;
        planes.fill(dark ? 40 : 220, from, from + dots);
      }
    }),
  );
  return planes;
}
