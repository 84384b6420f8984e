// The conflict inbox: what stood there, what each wrote, who and when; one tap keeps either.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILY = 'Quàng Văn Chung';

test.describe.configure({ timeout: 180_000 });

async function enter(page, label, value) {
  await page.getByLabel(label).fill(value);
  await page.getByLabel(label).press('Tab');
  await saved(page);
}

test('two officers differ: either value is kept at one tap, without a server, and the other stays in the history', async () => {
  const server = await Server.create();
  await server.start();
  const officers = ['can-bo-a', 'can-bo-b'].map((name) => server.account(name, 'commune-officer', COMMUNE));
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: FAMILY, house: '1' }]);
  const devices = [new Device(server.url), new Device(server.url)];
  const office = new Device(server.url, 'desktop');
  try {
    const pages = [];
    for (const [index, device] of devices.entries()) {
      const page = await device.open();
      pages.push(page);
      await signedIn(page, officers[index]);
      await openArea(page, 'Bản Bó');
      await openFamily(page, FAMILY);
      await offlineReady(page);
    }
    await fillFamily(pages[0]);
    await saved(pages[0]);
    for (const page of pages) await syncNow(page);
    await expect(pages[1].getByLabel('Số hộ dự họp')).toHaveValue('28');

    await server.kill();
    for (const [index, page] of pages.entries()) {
      await enter(page, 'Số hộ dự họp', ['29', '27'][index]);
      await submit(page);
    }
    await server.start();
    for (const page of [...pages, pages[0]]) await syncNow(page);

    // From here on the first tablet is alone.
    await server.kill();
    const page = pages[0];
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    await page.getByRole('link', { name: '1 chỗ hai người nhập khác nhau' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Hai người nhập khác nhau' })).toBeVisible();
    const item = page.locator('.conflict-list__item');
    await expect(item).toHaveCount(1);
    await expect(item.getByRole('heading', { name: FAMILY })).toBeVisible();
    await expect(item).toContainText('Số hộ dự họp');
    await expect(item).toContainText('Trước đó: 28.');
    const mine = item.locator('.conflict__side[data-mine]');
    await expect(mine).toContainText('29');
    await expect(mine).toContainText('Bạn, trên máy này');
    const theirs = item.locator('.conflict__side:not([data-mine])');
    await expect(theirs).toContainText('27');
    await expect(theirs).toContainText('can-bo-b');
    await look(page, 'tablet-conflicts');

    await item.getByRole('button', { name: 'Giữ “29”' }).click();
    await expect(item).toHaveCount(0);
    await expect(page.getByText('Số hộ dự họp: đã giữ “29”. Giá trị “27” còn trong lịch sử.')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Không còn chỗ nào hai người nhập khác nhau.')).toBeVisible();
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    await expect(page.getByRole('heading', { name: 'Cần bạn xem' })).toHaveCount(0);

    await server.start();
    for (const one of [page, pages[1], page]) await syncNow(one);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILY);
    for (const one of pages) {
      await expect(one.getByLabel('Số hộ dự họp')).toHaveValue('29');
      await expect(one.locator('.conflict')).toHaveCount(0);
    }
    // Handed in twice with different contents; handing in what was chosen takes the place of both.
    await submit(page);
    await syncNow(page);
    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    await desk.getByRole('row', { name: /Gia đình văn hóa/ }).getByRole('link', { name: FAMILY }).click();
    await expect(desk.locator('.timeline__item', { hasText: 'Số hộ dự họp: 29' }).first()).toContainText('can-bo-a');
    await expect(desk.locator('.timeline__item', { hasText: 'Số hộ dự họp: 27' }).first()).toBeVisible();
  } finally {
    for (const device of [...devices, office]) await device.dispose();
    await server.dispose();
  }
});
