// Returned entries: an offline to-do with the reviewer's word at the field; handed in again, only what
// changed is shown.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILY = 'Quàng Văn Chung';

test.describe.configure({ timeout: 180_000 });

test('a return names fields; mended without a server, it comes back showing only what changed', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('phong-noi-vu', 'district-reviewer', '119');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: FAMILY, house: '1' }]);
  const tablet = new Device(server.url);
  const office = new Device(server.url, 'desktop');
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILY);
    await offlineReady(page);
    await fillFamily(page);
    await submit(page);
    await saved(page);
    await syncNow(page);

    const desk = await office.open();
    await signedIn(desk, reviewer);
    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    await desk.getByRole('row', { name: /Gia đình văn hóa/ }).getByRole('link', { name: FAMILY }).click();
    await expect(desk.locator('.timeline__item', { hasText: 'danh sách nhập' })).toHaveCount(1);
    await expect(desk.getByText('*roster*')).toHaveCount(0);
    await desk.getByText('Góp ý cho từng mục').click();
    await desk.getByLabel('Mục cần sửa').selectOption({ label: 'Số hộ dự họp' });
    await desk.getByLabel('Góp ý cho mục này').fill('Biên bản ghi 26 hộ.');
    await desk.getByLabel('Góp ý cho mục này').press('Tab');
    await desk.getByRole('button', { name: 'Thêm góp ý' }).click();
    await expect(desk.locator('.remarks__item')).toContainText('Biên bản ghi 26 hộ.');
    await look(desk, 'desktop-return-with-remarks');
    await desk.getByLabel('Ý kiến gửi cán bộ xã').fill('Đối chiếu với biên bản.');
    await desk.getByRole('button', { name: 'Trả lại' }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Bị trả lại');

    await syncNow(page);
    await server.kill();
    await page.reload();
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    await page.getByRole('link', { name: '1 phiếu bị trả lại' }).click();
    const item = page.locator('.returned__item');
    await expect(item).toContainText('Đối chiếu với biên bản.');
    await expect(item).toContainText('Số hộ dự họp: Biên bản ghi 26 hộ.');
    await expect(item).toContainText('Chưa sửa');
    await look(page, 'tablet-returned');
    await item.getByRole('link', { name: 'Mở phiếu để sửa' }).click();
    const atField = page.locator('.field-with-comment', { hasText: 'Số hộ dự họp' }).locator('.field-comment');
    await expect(atField).toContainText('Biên bản ghi 26 hộ.');
    await expect(page.locator('.field-comment')).toHaveCount(1);
    await page.getByLabel('Số hộ dự họp').fill('26');
    await page.getByLabel('Số hộ đồng ý').fill('25');
    await page.getByLabel('Số hộ đồng ý').press('Tab');
    await saved(page);
    await expect(atField).toContainText('Đã sửa');
    await look(page, 'tablet-returned-form');
    await submit(page);
    const since = page.locator('.mended');
    await expect(page.getByText('Chỉ những mục này được sửa từ khi bị trả lại')).toBeVisible();
    await expect(since.locator('dt')).toHaveText(['Số hộ đồng ý', 'Số hộ dự họp']);
    await page.getByRole('link', { name: 'Tổng quan' }).first().click();
    await expect(page.getByRole('heading', { name: 'Cần bạn xem' })).toHaveCount(0);

    await server.start();
    await syncNow(page);
    const mended = desk.locator('[data-mended]');
    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã gửi duyệt');
    await expect(mended).toContainText('Đã sửa 2 mục từ lần trả lại');
    await expect(mended.locator('div')).toHaveText([/Số hộ đồng ý\s*27 → 25/, /Số hộ dự họp\s*28 → 26/]);
    await expect(desk.locator('.all-values')).not.toHaveAttribute('open', /.*/);
    await look(desk, 'desktop-resubmission');
    await desk.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(desk.locator('.entry__head .badge')).toHaveText('Đã duyệt');
    await syncNow(page);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILY);
    await expect(page.locator('.field-comment')).toHaveCount(0);
    await expect(since).toHaveCount(0);
  } finally {
    await tablet.dispose();
    await office.dispose();
    await server.dispose();
  }
});
