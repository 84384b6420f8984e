// Finding a family among five thousand: by name without tone marks, house number, residential area; and
// the lists that a filter leaves.
import { expect, test } from '@playwright/test';
import { Device, signedIn } from '../../support/browser.mjs';
import { arrived, filterCount, markSaved, register } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';
import { familiesListed } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILIES = 5_000;
const AREAS = Array.from({ length: 20 }, (_, number) => `Bản Đông ${number + 1}`);

test.describe.configure({ timeout: 300_000 });

test('search among 5,000 families answers within 50 ms; filters say how many and why', { tag: '@measured' }, async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const rows = register(FAMILIES - 1, AREAS);
  rows.push({ area: 'Bản Đông 7', head: 'Lường Văn Ướm', house: '999' });
  server.roster(COMMUNE, rows);
  const device = new Device(server.url);
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await arrived(page, FAMILIES);
    await page.getByRole('link', { name: 'Tìm hộ', exact: true }).click();
    await familiesListed(page, FAMILIES);

    // From the key to the rows in the document and laid out, measured in the page.
    const measure = (text) =>
      page.evaluate(async (typed) => {
        const input = document.querySelector('.search__input');
        const grid = document.querySelector('[role="grid"]');
        const before = grid.getAttribute('aria-rowcount');
        const began = performance.now();
        input.value = typed;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        while (grid.getAttribute('aria-rowcount') === before && performance.now() - began < 2_000) {
          await new Promise((resolve) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = resolve;
            channel.port2.postMessage(null);
          });
        }
        grid.getBoundingClientRect();
        return { ms: performance.now() - began, rows: Number(grid.getAttribute('aria-rowcount')) - 1 };
      }, text);
    const found = {};
    // Each finds another number of families than the one before it, by which the answer is told.
    // Asked five times, the best counts: the machine's other work only ever adds.
    for (let round = 0; round < 5; round += 1) {
      for (const text of ['l', 'luong van uom', 'dong 7', 'dong 7 999', '', 'uom 999']) {
        const { ms, rows } = await measure(text);
        found[text] = { ms: Math.min(ms, found[text]?.ms ?? Infinity), rows };
      }
    }
    const slowest = Math.max(...Object.values(found).map(({ ms }) => ms));
    console.log(`search among 5,000 families: slowest ${slowest.toFixed(1)} ms; ${JSON.stringify(found)}`);
    expect(found['luong van uom'].rows).toBe(1);
    // 251 in the area of that number, and number 7 of the nineteen others.
    expect(found['dong 7'].rows).toBe(270);
    expect(found['dong 7 999'].rows).toBe(1);
    expect(found['uom 999'].rows).toBe(1);
    expect(slowest).toBeLessThan(50);
    await expect(page.locator('.grid__name')).toContainText('Lường Văn Ướm');
    await expect(page.locator('.grid__name')).toContainText('Bản Đông 7');

    // Filters: what is not marked, and why one is below the mark.
    await page.getByRole('searchbox', { name: 'Tìm hộ' }).fill('dong 7');
    await page.getByRole('grid').focus();
    for (const key of ['2', '3', '3']) await page.keyboard.press(key);
    await expect.poll(() => filterCount(page, 'chua-dat')).toBe(3);
    await markSaved(page);
    expect(await filterCount(page, 'chua-cham')).toBe(FAMILIES - 3);
    await page.getByRole('searchbox', { name: 'Tìm hộ' }).fill('');
    await page.locator('[data-filter="chua-dat"]').click();
    await familiesListed(page, 3);
    await page.getByRole('button', { name: 'Không đăng ký', exact: true }).click();
    await familiesListed(page, 2);
    await expect(page.locator('.grid__why')).toHaveText(['Không đăng ký', 'Không đăng ký']);
  } finally {
    await device.dispose();
    await server.dispose();
  }
});
