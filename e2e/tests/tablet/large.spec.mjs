// Two thousand families in one residential area: only the rows near the window are in the document,
// scrolling keeps up, and marking them all is a few transactions.
import { expect, test } from '@playwright/test';
import { Device, signedIn, synced } from '../../support/browser.mjs';
import { arrived, filterCount, markSaved, register } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';
import { familiesListed, openArea } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILIES = 2_000;

test.describe.configure({ timeout: 240_000 });

test('2,000 families scroll, with few rows in the document, and are marked in one go', { tag: '@measured' }, async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  server.roster(COMMUNE, register(FAMILIES));
  const device = new Device(server.url);
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await arrived(page, FAMILIES);
    await openArea(page, 'Bản Bó');
    await familiesListed(page, FAMILIES);
    const inDocument = () => page.locator('.grid__body > .grid__row').count();
    expect(await inDocument()).toBeLessThan(60);

    // Two hundred frames at the speed of a finger, then two hundred through the whole list: how long the
    // frames were, how many rows stood.
    const scroll = (pixels) =>
      page.evaluate(async (step) => {
        const bottom = document.documentElement.scrollHeight - window.innerHeight;
        const frames = [];
        let most = 0;
        let last = await new Promise(requestAnimationFrame);
        for (let frame = 1; frame <= 200; frame += 1) {
          window.scrollTo(0, Math.min(bottom, (step ?? bottom / 200) * frame));
          const now = await new Promise(requestAnimationFrame);
          frames.push(now - last);
          last = now;
          most = Math.max(most, document.querySelectorAll('.grid__body > .grid__row').length);
        }
        frames.sort((a, b) => a - b);
        const [median, p95, worst] = [100, 190, 199].map((place) => Math.round(frames[place] * 10) / 10);
        return { median, p95, worst, most };
      }, pixels);
    // The best of three: the machine's other work only ever adds.
    const smoothest = async (pixels) => {
      const tries = [];
      for (let round = 0; round < 3; round += 1) tries.push(await scroll(pixels));
      return tries.reduce((best, next) => (next.median < best.median ? next : best));
    };
    const finger = await smoothest(48);
    const fling = await smoothest(undefined);
    console.log(`scrolling 2,000 families, ms a frame: by finger ${JSON.stringify(finger)}, flung ${JSON.stringify(fling)}`);
    expect(Math.max(finger.most, fling.most)).toBeLessThan(60);
    // A shared machine without a graphics card draws these frames: generous, and still no stutter.
    expect(finger.median).toBeLessThan(34);
    expect(fling.median).toBeLessThan(67);

    // The end of the list is the last family, and says so.
    await expect(page.locator(`.grid__row[aria-rowindex="${FAMILIES + 1}"]`)).toBeVisible();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await expect(page.locator('.grid__row[aria-rowindex="2"]')).toBeVisible();

    const began = Date.now();
    await page.locator('[data-action="bulk"]').click();
    await page.getByRole('dialog').getByRole('button', { name: /^Đạt, điểm tối đa/ }).click();
    await expect.poll(() => filterCount(page, 'chua-cham'), { timeout: 90_000 }).toBe(0);
    await markSaved(page);
    console.log(`marking 2,000 families: ${Date.now() - began} ms until saved`);
    await page.locator('[data-action="undo"]').click();
    await expect.poll(() => filterCount(page, 'chua-cham'), { timeout: 90_000 }).toBe(FAMILIES);
    await synced(page);
  } finally {
    await device.dispose();
    await server.dispose();
  }
});
