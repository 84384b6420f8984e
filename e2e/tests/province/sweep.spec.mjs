// Everything the filters leave, accepted together: listed, drawn by lot to look at, stopped, taken back.
import { expect, test } from '@playwright/test';
import { Device, signedIn } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Tablet } from '../../support/meanwhile.mjs';
import { Server } from '../../support/server.mjs';
import { fillFamily, saved, submit } from '../../support/tablet.mjs';

const PASSWORD = 'mat-khau-thu-nghiem';
const FAMILIES = 'Gia đình văn hóa';

test.describe.configure({ timeout: 180_000 });

test('hundreds of entries are accepted together, stopped half-way and taken back, and every one is accounted for', async () => {
  const server = await Server.create();
  server.cli(['demo']);
  for (const name of ['huyen-1', 'can-bo-2']) {
    server.cli(['account', 'password', name, '--password-stdin'], `${PASSWORD}\n`);
  }
  await server.start();
  const office = new Device(server.url, 'desktop');
  let tablet;
  try {
    const desk = await office.open('/cho-duyet');
    await signedIn(desk, { name: 'huyen-1', password: PASSWORD });
    await desk.getByRole('link', { name: 'Chờ duyệt' }).click();
    await desk.getByLabel('Danh hiệu').selectOption({ label: FAMILIES });
    await expect(desk).toHaveURL(/assessment=gia-dinh-van-hoa/);
    const lead = desk.locator('[data-waiting-lead]');
    const waiting = async () => Number((await lead.textContent()).match(/^[\d.]+/)[0].replaceAll('.', ''));
    await expect(lead).toContainText('phiếu đang chờ duyệt');
    const all = await waiting();
    expect(all, 'enough for several requests').toBeGreaterThan(300);
    const said = (count) => new Intl.NumberFormat('vi-VN').format(count);

    // The third request waits until somebody has said stop.
    let requests = 0;
    let let_go;
    const held = new Promise((resolve) => (let_go = resolve));
    await desk.route('**/api/review/bulk', async (route) => {
      requests += 1;
      if (requests === 3) await held;
      await route.continue();
    });
    const sweep = desk.getByRole('button', { name: 'Duyệt tất cả phiếu đúng điều kiện lọc' });
    await sweep.click();
    const dialog = desk.getByRole('dialog');
    await expect(dialog).toContainText(`${said(all)} phiếu đang chờ`);
    await expect(dialog.locator('[data-samples] a')).toHaveCount(5);
    await look(desk, 'desktop-sweep');
    await dialog.getByRole('button', { name: `Duyệt ${said(all)} phiếu` }).click();
    await expect(desk.getByText(`Đang ghi quyết định: 200/${said(all)} phiếu.`)).toBeVisible();
    await look(desk, 'desktop-sweep-progress');
    // What a tablet hands in while this is under way was not listed, and is not accepted with the rest.
    await expect.poll(waiting).toBe(all - 200);
    tablet = await Tablet.of(server, { name: 'can-bo-2', password: PASSWORD });
    await tablet.enters();
    await fillFamily(tablet.page);
    await submit(tablet.page);
    await saved(tablet.page);
    await tablet.syncs();
    await expect.poll(waiting).toBe(all - 199);
    await desk.getByRole('button', { name: 'Dừng' }).click();
    let_go();
    const told = desk.locator('.banner');
    await expect(told).toContainText('Đã duyệt 300 phiếu.');
    await expect(told).toContainText(`Đã dừng: ${said(all - 300)} phiếu còn lại giữ nguyên`);
    const left = all - 300 + 1;
    await expect.poll(waiting).toBe(left);

    // Gone on with, then all of that taken back.
    await sweep.click();
    await dialog.getByRole('button', { name: `Duyệt ${said(left)} phiếu` }).click();
    await expect(told).toContainText(`Đã duyệt ${said(left)} phiếu.`, { timeout: 60_000 });
    await expect.poll(waiting).toBe(0);
    await desk.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(told).toContainText(`Đã hoàn tác: ${said(left)} phiếu`, { timeout: 60_000 });
    await expect.poll(waiting).toBe(left);
  } finally {
    await tablet?.dispose();
    await office.dispose();
    await server.dispose();
  }
});
