// A return may name the last day for corrections: the tablet says it where it is mended and in what is due,
// reviewers see what is past its day.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { backToArea, fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const HEADS = ['Lò Văn An', 'Quàng Văn Chung'];
const PASSWORD = 'mat-khau-thu-nghiem';

const DAY_MS = 24 * 60 * 60 * 1000;
const ahead = (days) => new Date(Date.now() + days * DAY_MS);
const written = (date) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' }).format(date);

test.describe.configure({ timeout: 180_000 });

test('a return names a day, the tablet says it nearest first, and says when it is over', async () => {
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

    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    await desk.getByLabel('Danh hiệu').selectOption({ label: 'Gia đình văn hóa' });
    const rows = desk.locator('.table--queue tbody tr');
    await expect(rows).toHaveCount(2);

    // Together, with the week that is offered.
    const offered = written(ahead(7));
    await desk.getByLabel('Chọn Lò Văn An').check();
    await desk.getByRole('button', { name: 'Trả lại 1 phiếu' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Cần sửa hoặc bổ sung gì').fill('Thiếu biên bản họp.');
    const by = dialog.getByLabel('Khi trả lại: sửa chậm nhất ngày');
    await expect(by).toHaveValue(offered);
    await by.fill(written(ahead(-1)));
    await by.press('Tab');
    await dialog.getByRole('button', { name: 'Trả lại', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('từ hôm nay');
    await look(desk, 'desktop-return-many-by');
    await by.fill(offered);
    await by.press('Tab');
    await dialog.getByRole('button', { name: 'Trả lại', exact: true }).click();
    await expect(desk.locator('.banner')).toContainText('Đã trả lại 1 phiếu.');
    await expect(rows).toHaveCount(1);

    // One on its own page, by a nearer day.
    await desk.getByRole('link', { name: 'Quàng Văn Chung' }).click();
    await desk.getByLabel('Ý kiến gửi cán bộ xã').fill('Xem lại số hộ dự họp.');
    const nearer = desk.getByLabel('Khi trả lại: sửa chậm nhất ngày');
    await expect(nearer).toHaveValue(offered);
    await nearer.fill(written(ahead(2)));
    await nearer.press('Tab');
    await look(desk, 'desktop-return-one-by');
    await desk.getByRole('button', { name: 'Trả lại' }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Bị trả lại');
    await expect(desk.locator('.entry__head .correct-by')).toContainText(`Sửa chậm nhất ngày ${written(ahead(2))}`);
    await expect(desk.locator('.timeline__item').first()).toContainText(`Sửa chậm nhất ngày: ${written(ahead(2))}`);

    await syncNow(page);
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    const dues = page.locator('.dues__item', { hasText: 'Sửa phiếu bị trả lại' });
    await expect(dues).toHaveCount(2);
    await expect(dues.first()).toContainText(written(ahead(2)));
    await expect(dues.first()).toContainText('1 phiếu');
    await expect(page.locator('[data-returned]').first()).toContainText('Quàng Văn Chung');
    await expect(page.locator('[data-returned]').first()).toContainText('còn 2 ngày');
    await look(page, 'tablet-home-correct-by');

    // Three days later, without anybody's help: the first is late, and it says so.
    await page.clock.setFixedTime(ahead(5));
    await page.reload();
    await page.getByRole('link', { name: '2 phiếu bị trả lại' }).click();
    const items = page.locator('.returned__item');
    await expect(items).toHaveCount(2);
    await expect(items.first()).toContainText('Quàng Văn Chung');
    await expect(items.first()).toContainText('quá hạn sửa 3 ngày');
    await expect(items.last()).toContainText(`Sửa chậm nhất ngày ${offered}`);
    await expect(items.last()).toContainText('còn 2 ngày');
    await look(page, 'tablet-returned-late');
    await items.first().getByRole('link', { name: 'Mở phiếu để sửa' }).click();
    const said = page.locator('.banner', { hasText: 'Người duyệt trả lại' });
    await expect(said).toContainText(`Sửa chậm nhất ngày ${written(ahead(2))} · quá hạn sửa 3 ngày`);
    await look(page, 'tablet-returned-late-form');
    await page.getByLabel('Số hộ dự họp').fill('29');
    await page.getByLabel('Số hộ dự họp').press('Tab');
    await saved(page);
    await expect(said).toContainText('Sửa chậm nhất ngày');
    await submit(page);
    await expect(said).toHaveCount(0);
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});

test('what was not corrected in time stands on the page of who is late, and in the queue', async () => {
  const server = await Server.create();
  server.cli(['demo']);
  server.cli(['account', 'password', 'huyen-1', '--password-stdin'], `${PASSWORD}\n`);
  await server.start();
  const office = new Device(server.url, 'desktop');
  try {
    const desk = await office.open('/don-doc');
    await signedIn(desk, { name: 'huyen-1', password: PASSWORD });
    await desk.getByRole('link', { name: 'Đôn đốc' }).click();
    const late = desk.locator('[data-overdue] .correct-by');
    await expect(desk.getByRole('heading', { name: 'Phiếu trả lại đã quá hạn sửa' })).toBeVisible();
    await expect(late.first()).toContainText('đã quá hạn sửa');
    await look(desk, 'desktop-urging-overdue');
    await desk.getByRole('link', { name: 'Xem tất cả phiếu quá hạn sửa' }).click();
    await expect(desk.getByLabel('Trạng thái')).toHaveValue('qua-han');
    const rows = desk.locator('.table--queue tbody tr');
    await expect(rows.first()).toContainText('Sửa chậm nhất ngày');
    await look(desk, 'desktop-queue-overdue');
  } finally {
    await office.dispose();
    await server.dispose();
  }
});
