// Photos to choose, made by the browser itself, and what becomes of them.
import { expect } from '@playwright/test';

// A JPEG of noise over colour: as large for its pixels as a photo of leaves, different for each seed.
export async function makePhoto(page, { seed = 1, width = 1200, height = 900, noise = 40 } = {}) {
  const base64 = await page.evaluate(
    async ({ seed, width, height, noise }) => {
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      const image = context.createImageData(width, height);
      let state = seed * 2654435761;
      for (let at = 0; at < image.data.length; at += 4) {
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        const grain = ((state >>> 24) / 255 - 0.5) * noise;
        const y = Math.floor(at / 4 / width) / height;
        image.data[at] = 120 + 80 * y + grain;
        image.data[at + 1] = 150 - 30 * y + grain;
        image.data[at + 2] = 90 + seed * 13 + grain;
        image.data[at + 3] = 255;
      }
      context.putImageData(image, 0, 0);
      context.fillStyle = '#7d1212';
      context.font = 'bold 96px sans-serif';
      context.fillText(`Ảnh ${seed}`, 80, 200);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    { seed, width, height, noise },
  );
  return { name: `anh-${seed}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

// The same photo as a phone would write it: with a note of where it was taken.
export function withPlace(photo) {
  const note = Buffer.from('Exif\0\0GPS 21.3256 103.9188 Bản Bó', 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, note.length + 2]);
  const buffer = Buffer.concat([photo.buffer.subarray(0, 2), head, note, photo.buffer.subarray(2)]);
  return { ...photo, buffer };
}

export const album = (page, title) => page.locator(`.album[aria-label="${title}"]`);

// Chooses photos as from the gallery, and waits until they are stored.
export async function choosePhotos(page, title, photos) {
  const place = album(page, title);
  const before = await place.locator('.photo').count();
  await place.locator('input[type=file]').nth(1).setInputFiles(photos);
  await expect(place.locator('.photo')).toHaveCount(before + [photos].flat().length, { timeout: 30_000 });
}

// How many photos only this tablet has, on the sync page.
export const photosWaiting = (page) => page.locator('[data-fact="photos"]').getAttribute('data-waiting');
