// A reviewer puts a title of a district into the hands of the police, who only read: they decide that title in the
// reviewer's name, the tablet and the history say so, and when it ends they read again.
import { expect, test } from '@playwright/test';
import { Device, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server } from '../../support/server.mjs';
import { backToArea, fillFamily, openArea, openFamily, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';
const FAMILIES = ['Quàng Văn Chung', 'Lò Thị Dương'];
const TITLE = 'Gia đình văn hóa';

test.describe.configure({ timeout: 240_000 });

function inDays(days) {
  const day = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  const [year, month, date] = day.toLocaleDateString('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).split('-');
  return `${date}/${month}/${year}`;
}

async function queue(page) {
  await page.getByRole('link', { name: 'Chờ duyệt' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Chờ duyệt' })).toBeVisible();
  return page.locator('.table--queue tbody tr');
}

test('a colleague decides one title in the reviewer’s name for a term', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  const viewer = server.account('cong-an-tinh', 'viewer', '14');
  server.roster(COMMUNE, FAMILIES.map((head, at) => ({ area: 'Bản Bó', head, house: `${at + 1}` })));
  const tablet = new Device(server.url);
  const [office, police] = [new Device(server.url, 'desktop'), new Device(server.url, 'desktop')];
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await openArea(page, 'Bản Bó');
    await openFamily(page, FAMILIES[0]);
    await fillFamily(page);
    await submit(page);
    await saved(page);
    await syncNow(page);

    // Who only reads is offered nothing to decide.
    const their = await police.open();
    await signedIn(their, viewer);
    const rows = await queue(their);
    const sheet = (head, title = TITLE) => rows.filter({ hasText: head }).filter({ hasText: title });
    await expect(sheet(FAMILIES[0])).toBeVisible();
    await expect(their.getByText('Tài khoản này chỉ xem.')).toBeVisible();
    await expect(their.getByRole('checkbox')).toHaveCount(0);
    await expect(their.getByRole('link', { name: 'Uỷ quyền duyệt' })).toHaveCount(0);
    await look(their, 'desktop-queue-read-only');

    // Given for one district and one title; what is wrong is said in the form, and nothing typed is lost.
    const own = await office.open();
    await signedIn(own, reviewer);
    await queue(own);
    await own.getByRole('link', { name: 'Uỷ quyền duyệt' }).click();
    await expect(own.getByText('Chưa có uỷ quyền nào')).toBeVisible();
    await look(own, 'desktop-delegations-none');
    await own.getByRole('button', { name: 'Uỷ quyền', exact: true }).click();
    const form = own.getByRole('dialog');
    await form.getByLabel('Người nhận').selectOption('cong-an-tinh');
    await form.getByRole('button', { name: /^Bỏ Tỉnh Sơn La/ }).click();
    await form.getByLabel('Thêm địa bàn').selectOption('119');
    await form.getByLabel(TITLE, { exact: true }).check();
    await form.getByLabel('Đến hết ngày').fill(inDays(-2));
    await form.getByLabel('Văn bản uỷ quyền').fill('12/UQ-SNV');
    await form.getByRole('button', { name: 'Lưu' }).click();
    await expect(form.getByRole('alert')).toContainText('Thời hạn phải bắt đầu từ hôm nay');
    await form.getByLabel('Đến hết ngày').fill(inDays(7));
    await look(own, 'desktop-delegation-form');
    await form.getByRole('button', { name: 'Lưu' }).click();
    const given = own.locator('[data-delegation]');
    await expect(given).toContainText('Huyện Thuận Châu');
    await expect(given).toContainText('Đang có hiệu lực');
    await look(own, 'desktop-delegations');

    // They decide it, and nothing else; meanwhile the tablet goes on.
    await their.reload();
    await expect(their.getByText('Bạn đang duyệt thừa uỷ quyền của so-noi-vu')).toContainText('Huyện Thuận Châu');
    await their.getByLabel(`Chọn ${FAMILIES[0]}, ${TITLE}`).check();
    await expect(sheet(FAMILIES[0], 'Rà soát hộ nghèo')).toBeVisible();
    await expect(sheet(FAMILIES[0], 'Rà soát hộ nghèo').getByRole('checkbox')).toHaveCount(0);
    await backToArea(page);
    await openFamily(page, FAMILIES[1]);
    await fillFamily(page);
    await submit(page);
    await saved(page);
    await syncNow(page);
    await expect(sheet(FAMILIES[1])).toBeVisible();
    await look(their, 'desktop-queue-in-anothers-name');
    await their.getByRole('button', { name: 'Duyệt 1 phiếu' }).click();
    await expect(sheet(FAMILIES[0])).toHaveCount(0);
    await sheet(FAMILIES[1]).getByRole('link').click();
    await expect(their.getByText('Bạn quyết định thừa uỷ quyền của so-noi-vu.')).toBeVisible();
    await their.getByLabel('Ý kiến gửi cán bộ xã').fill('Bổ sung biên bản họp.');
    await their.getByRole('button', { name: 'Trả lại' }).click();
    await expect(their.locator('.entry__head .badge')).toHaveText('Bị trả lại');
    await expect(their.locator('.timeline__item').first()).toContainText('Thừa uỷ quyền của: so-noi-vu');
    await look(their, 'desktop-entry-in-anothers-name');
    await syncNow(page);
    await expect(page.locator('.result-panel .badge')).toHaveText('Bị trả lại');

    // Ended, they read again.
    await given.getByRole('button', { name: /^Kết thúc uỷ quyền/ }).click();
    await own.getByRole('dialog').getByRole('button', { name: 'Kết thúc', exact: true }).click();
    await expect(given).toContainText('so-noi-vu kết thúc');
    await their.reload();
    await expect(their.locator('.entry__head .badge')).toHaveText('Bị trả lại');
    await expect(their.getByRole('button', { name: 'Mở lại để duyệt' })).toHaveCount(0);
    await queue(their);
    await expect(their.getByText('Tài khoản này chỉ xem.')).toBeVisible();
  } finally {
    await Promise.all([tablet, office, police].map((device) => device.dispose()));
    await server.dispose();
  }
});
