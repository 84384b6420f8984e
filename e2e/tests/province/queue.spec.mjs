// The queue: many entries decided at once, what changed meanwhile told apart, and the way back.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { Server } from '../../support/server.mjs';
import { backToArea, fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const HEADS = ['Lò Văn An', 'Lò Văn Bình', 'Lò Văn Chung'];

test.describe.configure({ timeout: 120_000 });

test('many are accepted at once, one changed meanwhile stays, and the decision is taken back', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('phong-noi-vu', 'district-reviewer', '119');
  server.roster(COMMUNE, HEADS.map((head, place) => ({ area: 'Bản Bó', head, house: String(place + 1) })));
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    for (const head of HEADS) {
      await openFamily(page, head);
      await fillFamily(page);
      await submit(page);
      await saved(page);
      await backToArea(page);
    }
    await syncNow(page);

    const desk = await office.open('/cho-duyet');
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    const rows = desk.locator('.table--queue tbody tr');
    const titles = desk.getByLabel('Danh hiệu');
    await titles.selectOption({ label: 'Gia đình văn hóa' });
    await expect(rows).toHaveCount(3);
    await expect(desk).toHaveURL(/assessment=gia-dinh-van-hoa/);
    await expect(desk.locator('[data-waiting-lead]')).toContainText('3 phiếu đang chờ duyệt');

    // By keyboard alone: the first box, down to the second.
    const boxes = desk.locator('.table--queue tbody input');
    await boxes.first().focus();
    await desk.keyboard.press('Space');
    await desk.keyboard.press('ArrowDown');
    await desk.keyboard.press('Space');
    await expect(desk.locator('.choice-bar__count')).toHaveText('Đã chọn 2 phiếu');
    await desk.getByLabel('Chọn tất cả phiếu đang hiện').check();
    await expect(desk.locator('.choice-bar__count')).toHaveText('Đã chọn 3 phiếu');

    // The officer edits one while all are chosen on the reviewer's screen.
    await openFamily(page, 'Lò Văn Bình');
    await page.getByLabel('Số hộ dự họp').fill('29');
    await page.getByLabel('Số hộ dự họp').press('Tab');
    await submit(page);
    await saved(page);
    await syncNow(page);
    await desk.getByRole('button', { name: 'Duyệt 3 phiếu' }).click();
    const told = desk.locator('.banner');
    await expect(told).toContainText('Đã duyệt 2 phiếu.');
    await expect(told).toContainText('Lò Văn Bình: nội dung đã thay đổi');
    await expect(rows).toHaveCount(1);

    // The way back is still there after looking at an entry.
    await desk.locator('.table--queue tbody a').click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã gửi duyệt');
    await desk.goBack();
    await desk.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(told).toContainText('Đã hoàn tác: 2 phiếu');
    await expect(rows).toHaveCount(3);

    // Returned together, with a word.
    await desk.getByLabel('Chọn Lò Văn An').check();
    await desk.getByLabel('Chọn Lò Văn Chung').check();
    await desk.getByRole('button', { name: 'Trả lại 2 phiếu' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Cần sửa hoặc bổ sung gì').fill('Thiếu biên bản họp.');
    await dialog.getByLabel('Cần sửa hoặc bổ sung gì').press('Tab');
    await dialog.getByRole('button', { name: 'Trả lại', exact: true }).click();
    await expect(told).toContainText('Đã trả lại 2 phiếu.');
    await expect(rows).toHaveCount(1);
    await syncNow(page);
    await backToArea(page);
    await openFamily(page, 'Lò Văn An');
    await expect(page.getByText('Thiếu biên bản họp.')).toBeVisible();

    // An entry's own page takes a decision back as well.
    await desk.getByLabel('Trạng thái').selectOption({ label: 'Bị trả lại' });
    await expect(rows).toHaveCount(2);
    await desk.getByRole('link', { name: 'Lò Văn An' }).click();
    await desk.getByRole('button', { name: 'Mở lại để duyệt' }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã gửi duyệt');
    await expect(desk.locator('.timeline__item').first()).toContainText('mở lại');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});
