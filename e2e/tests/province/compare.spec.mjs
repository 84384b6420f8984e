// Areas side by side on one scale; the address carries the choice, the table says what the drawing shows.
import { expect, test } from '@playwright/test';
import { Device, signedIn } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Tablet } from '../../support/meanwhile.mjs';
import { Server } from '../../support/server.mjs';

const PASSWORD = 'mat-khau-thu-nghiem';

test.describe.configure({ timeout: 300_000 });

let server;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await Server.create();
  server.cli(['demo']);
  server.cli(['account', 'password', 'so-noi-vu', '--password-stdin'], `${PASSWORD}\n`);
  await server.start();
});

test.afterAll(async () => {
  await server.dispose();
});

test('areas are chosen, compared, shared as a link and taken away as a table', async () => {
  const office = new Device(server.url, 'desktop');
  let tablet;
  try {
    const desk = await office.open();
    await signedIn(desk, { name: 'so-noi-vu', password: PASSWORD });
    await desk.getByRole('link', { name: 'So sánh', exact: true }).click();
    const rows = desk.locator('.table--compare tbody tr');
    await expect(rows).toHaveCount(12);
    await desk.getByRole('button', { name: 'Bỏ Huyện Vân Hồ' }).click();
    await expect(rows).toHaveCount(11);
    await expect(desk).toHaveURL(/dia-ban=/);

    await desk.goto(`${server.url}/so-sanh?chi-tieu=gia-dinh-van-hoa&dia-ban=03718,118`);
    await expect(rows).toHaveCount(2);
    const chart = desk.getByRole('img', { name: 'Gia đình văn hóa: các địa bàn trên cùng một thang' });
    await expect(chart).toBeVisible();
    // The drawing and the table say the same.
    const figure = await rows.first().locator('.table__number').first().innerText();
    await expect(chart).toContainText(figure);
    await desk.getByLabel('Huyện, thành phố').selectOption({ label: 'Huyện Thuận Châu' });
    await desk.getByRole('button', { name: 'Thêm Huyện Thuận Châu' }).click();
    await expect(rows).toHaveCount(3);
    await expect(desk).toHaveURL(/dia-ban=03718%2C118%2C119/);
    // A commune of the district that was added begins meanwhile: its row follows, what was chosen stays.
    const begun = desk.locator('.table--compare tr[data-area="119"] .table__number').nth(1);
    await expect(begun).toHaveText('0/0');
    tablet = await Tablet.begins(server, '03751');
    await tablet.enters();
    await tablet.syncs();
    await expect(begun).toHaveText('0/1');
    await expect(rows).toHaveCount(3);
    await expect(rows.first().locator('.table__number').first()).toHaveText(figure);
    await look(desk, 'desktop-33-compare');
    const download = desk.waitForEvent('download');
    await desk.getByRole('link', { name: 'Tải bảng (CSV)' }).click();
    expect((await download).suggestedFilename()).toBe('so-sanh-gia-dinh-van-hoa.csv');
  } finally {
    await tablet?.dispose();
    await office.dispose();
  }
});
