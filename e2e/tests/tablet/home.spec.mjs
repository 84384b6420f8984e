// The first screen: how far it is to the target, what is due, what has not begun, what was sent back.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { arrived, enterMeeting, filterCount, register } from '../../support/roster.mjs';
import { Server } from '../../support/server.mjs';
import { openArea } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 180_000 });

test('what is missing to the target, what is due, what has not begun, what came back', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('phong-noi-vu', 'district-reviewer', '119');
  // Ten families, five in each of two residential areas: 70,5 % of ten is reached by eight.
  server.roster(COMMUNE, register(10, ['Bản Bó', 'Bản Xa']));
  const device = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await device.open();
    await signedIn(page, officer);
    await arrived(page, 10);
    const card = page.locator('[data-assessment="gia-dinh-van-hoa"]');
    await expect(card).toContainText('Còn thiếu 8 hộ để đạt 70,5%');
    await expect(page.getByText('2 trong 2 khu chưa bắt đầu')).toBeVisible();
    await expect(page.locator('.dues__link').first()).toContainText('hạn 29/01/2022');
    await expect(page.locator('.dues__link').first()).toContainText('10 hộ chưa ghi');

    await openArea(page, 'Bản Bó');
    await enterMeeting(page, { invited: 5, attended: 5, agreed: 5 });
    await page.getByRole('grid').focus();
    for (let family = 0; family < 5; family += 1) await page.keyboard.press('1');
    await expect.poll(() => filterCount(page, 'chua-cham')).toBe(0);
    await page.locator('[data-action="submit"]').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect.poll(() => filterCount(page, 'da-gui')).toBe(5);
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    // Handed in is not accepted: the gap stays, and says what would be left.
    await expect(card).toContainText('Còn thiếu 8 hộ để đạt 70,5%');
    await expect(card).toContainText('5 hộ đạt đang chờ duyệt: được duyệt hết vẫn thiếu 3');
    await expect(page.getByText('1 trong 2 khu chưa bắt đầu')).toBeVisible();
    await syncNow(page);

    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    await desk.getByRole('row', { name: /Gia đình văn hóa/ }).first().getByRole('link').first().click();
    await desk.getByLabel('Ý kiến gửi cán bộ xã').fill('Đối chiếu lại biên bản họp.');
    await desk.getByRole('button', { name: 'Trả lại' }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Bị trả lại');

    // What came back waits on the first screen, with what the reviewer said, also without a server.
    await syncNow(page);
    await server.kill();
    const sentBack = page.locator('.todo__link[data-returned]');
    await expect(sentBack).toHaveCount(1);
    await expect(sentBack).toContainText('Đối chiếu lại biên bản họp.');
    await expect(sentBack).toContainText('Bản Bó');
    await sentBack.click();
    await expect(page.getByText('Người duyệt trả lại:')).toBeVisible();
  } finally {
    await device.dispose();
    await office.dispose();
    await server.dispose();
  }
});
