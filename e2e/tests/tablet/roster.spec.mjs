// Marking a residential area: how many keys and taps it takes, what a mark writes, and taking it back.
import { expect, test } from '@playwright/test';
import { Device, signedIn, synced, syncNow } from '../../support/browser.mjs';
import { arrived, enterMeeting, filterCount, markSaved, register } from '../../support/roster.mjs';
import { Server, tallyOf } from '../../support/server.mjs';
import { openArea, openFamily } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILIES = 120;

test.describe.configure({ timeout: 240_000 });

async function started(rows) {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, rows);
  return { server, officer, reviewer };
}

async function opened(server, officer, screen, families) {
  const device = new Device(server.url, screen);
  const page = await device.open();
  await signedIn(page, officer);
  await arrived(page, families);
  await openArea(page, 'Bản Bó');
  return { device, page };
}

test('120 families by keyboard: one key each, handed in together, counted by the server', async () => {
  const { server, officer, reviewer } = await started(register(FAMILIES));
  const { device, page } = await opened(server, officer, 'desktop', FAMILIES);
  try {
    await enterMeeting(page, { invited: 120, attended: 96, agreed: 90 });
    const began = Date.now();
    let interactions = 1;
    await page.getByRole('grid').focus();
    for (let family = 0; family < FAMILIES; family += 1) {
      // Every tenth is an exception of its own kind, marked by a key as well.
      await page.keyboard.press(family % 10 === 9 ? '2' : '1');
      interactions += 1;
    }
    await expect.poll(() => filterCount(page, 'chua-cham'), { timeout: 30_000 }).toBe(0);
    await markSaved(page);
    const seconds = (Date.now() - began) / 1000;
    expect(await filterCount(page, 'chua-dat')).toBe(12);
    await page.locator('[data-action="submit"]').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Gửi duyệt' }).click();
    interactions += 2;
    await expect.poll(() => filterCount(page, 'da-gui')).toBe(FAMILIES);
    console.log(`keyboard: ${interactions} interactions for ${FAMILIES} families, ${seconds.toFixed(1)} s by machine`);
    expect(interactions).toBeLessThanOrEqual(FAMILIES + 3);

    await syncNow(page);
    const overview = await server.overview(reviewer, COMMUNE);
    const title = tallyOf(overview, 'gia-dinh-van-hoa');
    expect([title.expected, title.submitted.met, title.submitted.unmet]).toEqual([120, 108, 12]);
    expect(tallyOf(overview, 'ra-soat-ngheo').submitted.unmet).toBe(120);
    expect(server.cli(['recount'])).not.toContain('≠');
  } finally {
    await device.dispose();
    await server.dispose();
  }
});

test('120 families by touch: at most two taps each', async () => {
  const { server, officer } = await started(register(FAMILIES));
  const { device, page } = await opened(server, officer, 'tablet', FAMILIES);
  try {
    await enterMeeting(page, { invited: 120, attended: 96, agreed: 90 });
    const began = Date.now();
    let taps = 0;
    for (let row = 2; row <= FAMILIES + 1; row += 1) {
      const line = page.locator(`.grid__row[aria-rowindex="${row}"]`);
      if ((await line.count()) === 0) await page.mouse.wheel(0, 400);
      await line.getByRole('button', { name: /: Đạt/ }).tap();
      taps += 1;
    }
    await expect.poll(() => filterCount(page, 'chua-cham'), { timeout: 30_000 }).toBe(0);
    await markSaved(page);
    console.log(`touch: ${taps} taps for ${FAMILIES} families, ${((Date.now() - began) / 1000).toFixed(1)} s by machine`);
    expect(taps).toBeLessThanOrEqual(2 * FAMILIES);
    await expect(page.locator('.grid__outcome[data-outcome="earned"]').first()).toContainText('· 100');
  } finally {
    await device.dispose();
    await server.dispose();
  }
});

test('many at once, taken back as a new edit that syncs', async () => {
  const { server, officer, reviewer } = await started(register(30));
  const { device, page } = await opened(server, officer, 'desktop', 30);
  try {
    await syncNow(page);
    await page.getByRole('grid').focus();
    await page.keyboard.press('3');
    await expect.poll(() => filterCount(page, 'chua-cham')).toBe(29);
    await page.locator('[data-action="bulk"]').click();
    await expect(page.getByRole('dialog')).toContainText('29 hộ chưa chấm');
    await page.getByRole('dialog').getByRole('button', { name: /^Đạt, điểm tối đa/ }).click();
    await expect.poll(() => filterCount(page, 'chua-cham')).toBe(0);
    // What was entered by hand before is not touched by the bulk mark.
    expect(await filterCount(page, 'chua-dat')).toBe(1);
    await syncNow(page);
    expect(tallyOf(await server.overview(reviewer, COMMUNE), 'gia-dinh-van-hoa').draft.open).toBe(29);

    await page.locator('[data-action="undo"]').click();
    await expect.poll(() => filterCount(page, 'chua-cham')).toBe(29);
    await expect(page.locator('.action-bar__said')).toContainText('Đã hoàn tác: 29 hộ');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => filterCount(page, 'chua-cham')).toBe(30);
    await expect(page.locator('[data-action="undo"]')).toBeDisabled();
    await syncNow(page);
    const tally = tallyOf(await server.overview(reviewer, COMMUNE), 'gia-dinh-van-hoa');
    expect(tally.draft).toEqual({ met: 0, unmet: 0, open: 0 });

    // A selection, from the keyboard alone.
    await page.getByRole('grid').focus();
    for (const key of ['Home', ' ', 'ArrowDown', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
    await expect(page.locator('.action-bar__count')).toHaveText('Đã chọn 3 hộ');
    await page.locator('[data-action="bulk"]').click();
    await page.getByRole('dialog').getByRole('button', { name: /^Không đề nghị/ }).click();
    await expect.poll(() => filterCount(page, 'chua-dat')).toBe(3);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.result-panel')).toBeVisible();
  } finally {
    await device.dispose();
    await server.dispose();
  }
});

test('the meeting is entered once: marked families take it, one with its own numbers keeps them', async () => {
  const { server, officer } = await started(register(5));
  const { device, page } = await opened(server, officer, 'tablet', 5);
  try {
    const marks = page.getByRole('button', { name: /: Đạt/ });
    for (let row = 0; row < 3; row += 1) await marks.nth(row).tap();
    await expect.poll(() => filterCount(page, 'chua-cham')).toBe(2);
    await expect(page.getByText('Thiếu cuộc họp')).toHaveCount(3);
    const head = await page.locator('.grid__name strong').first().textContent();
    await openFamily(page, head);
    for (const [label, value] of [['Số hộ được mời', '5'], ['Số hộ dự họp', '4'], ['Số hộ đồng ý', '1']]) {
      await page.getByLabel(label).fill(value);
      await page.getByLabel(label).press('Tab');
    }
    await expect(page.locator('.result-panel__outcome')).toHaveAttribute('data-outcome', 'not-earned');
    await openArea(page, 'Bản Bó');
    await enterMeeting(page, { invited: 5, attended: 5, agreed: 5 });
    await expect(page.locator('.grid__outcome[data-outcome="earned"]')).toHaveCount(2);
    await expect(page.getByText('Ít hộ đồng ý')).toHaveCount(1);
    // A family that is marked afterwards takes the numbers too.
    await page.locator('.grid__row').filter({ hasText: 'Chưa chấm' }).first().getByRole('button', { name: /: Đạt/ }).tap();
    await expect(page.locator('.grid__outcome[data-outcome="earned"]')).toHaveCount(3);
    await synced(page);
  } finally {
    await device.dispose();
    await server.dispose();
  }
});
