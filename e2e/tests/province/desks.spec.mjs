// A new rural area is appraised by the district and recognised by the province: each has its own queue, the tablet
// says where it waits, and the province may stand in only by saying so.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { answer, fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const NAME = 'Xã Chiềng Ly';
const FAMILY = 'Quàng Văn Chung';
const RURAL = 'Xã đạt chuẩn nông thôn mới';

test.describe.configure({ timeout: 240_000 });

async function queue(desk) {
  await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
  await expect(desk.getByRole('heading', { level: 1, name: 'Chờ duyệt' })).toBeVisible();
  return desk.locator('.table--queue tbody tr');
}

// The choice of a desk in the queue, with how many wait there.
const choice = (desk, which) => desk.locator(`[data-desk="${which}"]`);

async function waitAt(desk, district, province) {
  await expect(choice(desk, 'district')).toHaveText(`Chờ huyện thẩm định ${district}`);
  await expect(choice(desk, 'province')).toHaveText(`Chờ tỉnh công nhận ${province}`);
  await expect(choice(desk, 'both')).toHaveText(`Cả hai bước ${district + province}`);
}

test('the district appraises, the province recognises, and a resubmission starts again', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const district = server.account('phong-noi-vu', 'district-reviewer', '119');
  const province = server.account('so-noi-vu', 'province-reviewer', '14');
  server.roster(COMMUNE, [{ area: 'Bản Bó', head: FAMILY, house: '1' }]);
  const tablet = new Device(server.url);
  const [office, top] = [new Device(server.url, 'desktop'), new Device(server.url, 'desktop')];
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILY);
    await fillFamily(page);
    await submit(page);
    await saved(page);
    await page.getByRole('link', { name: 'Xã', exact: true }).click();
    await answer(page, 'Đã có quyết định công nhận xã đạt chuẩn', 'Có');
    for (const met of await page.getByRole('radio', { name: 'Đạt', exact: true }).all()) await met.check();
    const panel = page.locator('.result-panel');
    await submit(page);
    await saved(page);
    await syncNow(page);
    await expect(panel.locator('.badge')).toHaveText('Đã gửi duyệt · chờ huyện thẩm định');
    await expect(panel).toContainText('đang chờ huyện thẩm định rồi chuyển tỉnh công nhận');
    await look(page, 'tablet-waits-for-district');

    // The province does not see it in its own queue; the other desk is one choice away.
    const above = await top.open();
    await signedIn(above, province);
    const rows = await queue(above);
    await expect(choice(above, 'province').getByRole('radio')).toBeChecked();
    await waitAt(above, 1, 0);
    await expect(above.locator('[data-waiting-lead]')).toContainText('2 phiếu đang chờ duyệt');
    await expect(rows.filter({ hasText: FAMILY }).first()).toBeVisible();
    await expect(rows.filter({ hasText: RURAL })).toHaveCount(0);
    await choice(above, 'district').getByRole('radio').check();
    await expect(above.locator('[data-waiting-lead]')).toContainText('3 phiếu đang chờ duyệt');
    await expect(rows.filter({ hasText: RURAL })).toContainText('Chờ huyện thẩm định');
    await look(above, 'desktop-queue-desk');
    // Kept counts know nothing of how long an entry has waited: the page says so instead of seeming to.
    await above.getByLabel('Đã chờ').selectOption('7');
    await expect(above.locator('[data-waiting-lead]')).toContainText('danh sách dưới đây chỉ gồm phiếu đã chờ từ 7 ngày');
    await expect(above.locator('.segmented--desks legend')).toContainText('không lọc theo thời gian chờ');
    await expect(rows).toHaveCount(0);
    await waitAt(above, 1, 0);
    await look(above, 'desktop-queue-desk-days');
    await above.getByLabel('Đã chờ').selectOption('');
    await expect(above.locator('.segmented--desks legend')).not.toContainText('không lọc');
    await rows.filter({ hasText: RURAL }).getByRole('link', { name: NAME }).click();
    await expect(above.getByText('Huyện chưa thẩm định lần gửi này.')).toBeVisible();
    await expect(above.getByRole('button', { name: 'Duyệt', exact: true })).toBeDisabled();
    await look(above, 'desktop-entry-not-endorsed');

    // The district passes it on, from its queue; the family's entry there is accepted as ever.
    const desk = await office.open();
    await signedIn(desk, district);
    const own = await queue(desk);
    await expect(choice(desk, 'district').getByRole('radio')).toBeChecked();
    await waitAt(desk, 1, 0);
    await desk.getByLabel(`Chọn ${NAME}, ${RURAL}`).check();
    await desk.getByLabel(`Chọn ${FAMILY}, Gia đình văn hóa`).check();
    await expect(desk.getByRole('button', { name: 'Duyệt 1 phiếu' })).toBeVisible();
    await look(desk, 'desktop-queue-endorse');
    await desk.getByRole('button', { name: 'Thẩm định, chuyển tỉnh 1 phiếu' }).click();
    await expect(desk.locator('.banner')).toContainText('Đã thẩm định và chuyển tỉnh 1 phiếu.');
    await expect(own.filter({ hasText: RURAL })).toHaveCount(0);
    await waitAt(desk, 0, 1);
    await expect(desk.locator('.choice-bar__count')).toHaveText('Đã chọn 1 phiếu');

    await syncNow(page);
    await expect(panel.locator('.badge')).toHaveText('Đã gửi duyệt · chờ tỉnh công nhận');
    await expect(above.locator('.entry__head .badge')).toHaveText('Đã gửi duyệt · chờ tỉnh công nhận');
    await expect(above.locator('.timeline__item').first()).toContainText('Huyện thẩm định: chuyển tỉnh công nhận');
    await above.getByLabel('Ý kiến gửi cán bộ xã').fill('Bổ sung minh chứng.');
    await above.getByRole('button', { name: 'Trả lại' }).click();
    await expect(above.locator('.entry__head .badge')).toHaveText('Bị trả lại');

    // Mended and handed in again, it waits for the district; on its own page it is passed on and taken back.
    await syncNow(page);
    await page.getByLabel('Ghi chú').fill('Đã bổ sung.');
    await page.getByLabel('Ghi chú').press('Tab');
    await submit(page);
    await saved(page);
    await syncNow(page);
    await expect(panel.locator('.badge')).toHaveText('Đã gửi duyệt · chờ huyện thẩm định');
    // The number has followed by itself: to the province, back to the commune, and here again.
    await waitAt(desk, 1, 0);
    await own.filter({ hasText: RURAL }).getByRole('link', { name: NAME }).click();
    const badge = desk.locator('.entry__head .badge');
    await desk.getByLabel('Ý kiến thẩm định').fill('Đủ hồ sơ.');
    await desk.getByRole('button', { name: 'Thẩm định, chuyển tỉnh' }).click();
    await expect(badge).toHaveText('Đã gửi duyệt · chờ tỉnh công nhận');
    await expect(desk.locator('.timeline__item').first()).toContainText('Đủ hồ sơ.');
    await look(desk, 'desktop-entry-endorsed');
    await desk.getByRole('button', { name: 'Rút lại thẩm định' }).click();
    await expect(badge).toHaveText('Đã gửi duyệt · chờ huyện thẩm định');

    // The province says that it stands in.
    await expect(above.locator('.entry__head .badge')).toHaveText('Đã gửi duyệt · chờ huyện thẩm định');
    await above.getByLabel('Tỉnh thẩm định thay huyện').check();
    await above.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(above.locator('.entry__head .badge')).toHaveText('Đã duyệt');
    await expect(above.locator('.timeline__item').first()).toContainText('Tỉnh thẩm định thay huyện: có');
    await syncNow(page);
    await expect(panel.locator('.badge')).toHaveText('Đã duyệt');

    // Taken back, and decided with many: nothing is accepted in the district's stead unless that is said.
    await above.getByRole('button', { name: 'Mở lại để duyệt' }).click();
    await expect(above.locator('.entry__head .badge')).toHaveText('Đã gửi duyệt · chờ huyện thẩm định');
    await queue(above);
    await choice(above, 'district').getByRole('radio').check();
    const told = above.locator('.banner');
    await above.getByLabel(`Chọn ${NAME}, ${RURAL}`).check();
    await expect(above.getByRole('button', { name: 'Duyệt', exact: true })).toBeDisabled();
    await above.getByLabel('Tỉnh thẩm định thay huyện').check();
    await look(above, 'desktop-queue-instead');
    await above.getByRole('button', { name: 'Duyệt 1 phiếu' }).click();
    await expect(told).toContainText('Đã duyệt 1 phiếu, trong đó 1 phiếu thay huyện.');
    await waitAt(above, 0, 0);
    await above.getByRole('button', { name: 'Hoàn tác' }).click();
    await waitAt(above, 1, 0);
    await above.getByRole('button', { name: 'Duyệt tất cả phiếu đúng điều kiện lọc' }).click();
    const dialog = above.getByRole('dialog');
    await expect(dialog).toContainText('1 phiếu trong số này còn chờ huyện thẩm định');
    await expect(dialog.getByRole('button', { name: 'Duyệt 2 phiếu' })).toBeEnabled();
    await dialog.getByLabel('Tỉnh thẩm định thay huyện').check();
    await look(above, 'desktop-sweep-instead');
    await dialog.getByRole('button', { name: 'Duyệt 3 phiếu' }).click();
    await expect(told).toContainText('Đã duyệt 3 phiếu, trong đó 1 phiếu thay huyện.');
    await expect(desk.locator('.timeline__item').first()).toContainText('Tỉnh thẩm định thay huyện: có');
  } finally {
    await tablet.dispose();
    await office.dispose();
    await top.dispose();
    await server.dispose();
  }
});

test('the province sets which titles are appraised first', async () => {
  const server = await Server.create();
  await server.start();
  const province = server.account('so-noi-vu', 'province-reviewer', '14');
  const top = new Device(server.url, 'desktop');
  try {
    const above = await top.open();
    await signedIn(above, province);
    await above.getByRole('link', { name: 'Thiết lập' }).click();
    const row = above.locator('tr[data-appraisal="khu-dan-cu-an-toan"]');
    await expect(row).toContainText('Một cấp duyệt');
    await expect(above.locator('tr[data-appraisal="nong-thon-moi"]')).toContainText('Huyện thẩm định, tỉnh công nhận');
    await row.getByRole('button').click();
    const dialog = above.getByRole('dialog');
    await dialog.getByLabel('Các bước').selectOption({ label: 'Huyện thẩm định, tỉnh công nhận' });
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog.getByRole('alert')).toContainText('văn bản');
    await dialog.getByLabel('Văn bản làm căn cứ').fill('Kế hoạch 12/KH-UBND');
    await look(above, 'desktop-appraisal-form');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(above.locator('.banner')).toContainText('Đã đặt các bước thẩm định');
    await expect(row).toContainText('Huyện thẩm định, tỉnh công nhận');
    await expect(row).toContainText('Kế hoạch 12/KH-UBND');
    await row.scrollIntoViewIfNeeded();
    await look(above, 'desktop-appraisals');
    await queue(above);
    await above.getByLabel('Danh hiệu').selectOption({ label: 'Khu dân cư an toàn về ANTT' });
    await expect(choice(above, 'province').getByRole('radio')).toBeChecked();
    await waitAt(above, 0, 0);
    await above.getByLabel('Danh hiệu').selectOption({ label: 'Gia đình văn hóa' });
    await expect(choice(above, 'province')).toHaveCount(0);
  } finally {
    await top.dispose();
    await server.dispose();
  }
});
