// The browser's room used up, for real: Chromium is told a quota that what is stored has reached.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow, synced, waiting } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { log, rows, valuesOf } from '../../support/stored.mjs';
import { openArea, openFamily, saved } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILY = 'Quàng Văn Chung';

test.describe.configure({ timeout: 240_000 });

test('out of room, nothing saved is lost, what waits is sent, and work goes on when there is room', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: FAMILY, house: '1' }]);
  const device = new Device(server.url);
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await offlineReady(page);
    await synced(page);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILY);
    await server.kill();
    const note = page.getByLabel('Ghi chú');
    const enter = async (text) => {
      await note.fill(text);
      await note.press('Tab');
    };
    await enter('còn chỗ');
    await saved(page);
    const [{ record }] = (await log(page, officer)).slice(-1);

    const devtools = await page.context().newCDPSession(page);
    const allow = (quotaSize) =>
      devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize });
    await allow(1);
    // Chromium goes on for up to half a minute with the room it was last told of.
    const said = page.locator('.result-panel .save-note');
    const full = said.filter({ hasText: 'Chưa lưu được: bộ nhớ máy đã đầy' });
    const stored = ['còn chỗ'];
    await expect(async () => {
      const text = `còn chỗ ${stored.length}`;
      await enter(text);
      const outcome = full.or(said.filter({ hasText: 'Đã lưu' }));
      await expect(outcome).toBeVisible();
      if (valuesOf(await log(page, officer), record, 'note').includes(text)) stored.push(text);
      await expect(full).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 90_000 });
    const refused = `còn chỗ ${stored.length}`;
    await expect(said).toContainText('Những gì đã lưu trước đó vẫn còn');
    await expect(note).toHaveValue(refused);
    await look(page, 'tablet-out-of-room');
    expect(valuesOf(await log(page, officer), record, 'note')).toEqual(stored);

    // What was saved is sent all the same; the server's answer cannot be stored, and this is said.
    await server.start();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    const held = async () => {
      const { history = [] } = await server.entry(reviewer, record);
      return history.map(({ edit }) => edit).reverse();
    };
    await expect.poll(async () => valuesOf(await held(), record, 'note')).toEqual(stored);
    await expect(page.locator('.sync-strip')).toContainText('Máy không lưu được');
    expect(Number(await waiting(page))).toBeGreaterThan(0);

    // Room again.
    await allow(undefined);
    await enter('lại có chỗ');
    await saved(page);
    await syncNow(page);
    await synced(page);
    await expect.poll(async () => valuesOf(await held(), record, 'note')).toEqual([...stored, 'lại có chỗ']);
    const [[, row]] = (await rows(page, officer, 'record')).filter(([key]) => key === record);
    expect(row.fields.note[0][0]).toBe('lại có chỗ');
    expect(server.cli(['recount'])).not.toContain('≠');
  } finally {
    await device.dispose();
    await server.dispose();
  }
});
