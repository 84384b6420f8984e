// Hints: what stands out, by which limit, with a link to what it speaks of; never a verdict.
import { expect, test } from '@playwright/test';
import { Device, signedIn } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Tablet } from '../../support/meanwhile.mjs';
import { Server } from '../../support/server.mjs';
import { saved } from '../../support/tablet.mjs';

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

test('hints stand by kind below their limits, and the address keeps the choice', async () => {
  const office = new Device(server.url, 'desktop');
  let tablet;
  try {
    const desk = await office.open();
    await signedIn(desk, { name: 'so-noi-vu', password: PASSWORD });
    await desk.getByRole('link', { name: 'Điểm cần xem' }).click();
    await expect(desk.getByRole('heading', { level: 1, name: 'Điểm cần xem lại' })).toBeVisible();
    await expect(desk.locator('.page__lead')).toContainText('không phải kết luận');
    await expect(desk.locator('.hints__group')).toHaveCount(6);
    for (const rule of ['Số người đồng ý lớn hơn', 'trong cùng một phút', 'tất cả cùng một số điểm', 'trung vị']) {
      await expect(desk.locator('.hints')).toContainText(rule);
    }
    await look(desk, 'desktop-32-outliers');
    await desk.getByLabel('So sánh giữa các xã theo').selectOption({ label: 'Hộ nghèo' });
    await expect(desk).toHaveURL(/assessment=ra-soat-ngheo/);
    await desk.getByLabel('Huyện, thành phố').selectOption({ label: 'Huyện Quỳnh Nhai' });
    await expect(desk).toHaveURL(/area=118/);
    await desk.reload();
    await expect(desk.getByLabel('Huyện, thành phố')).toHaveValue('118');
    await expect(desk.locator('.hints__group')).toHaveCount(6);

    // A tablet of another district writes down more votes than voters: the hint appears by itself, and leads there.
    await desk.getByLabel('Huyện, thành phố').selectOption({ label: 'Huyện Thuận Châu' });
    const votes = desk.locator('[data-hints="phieu-bau"]');
    await expect(votes.locator('.hints__number')).toHaveText('0');
    tablet = await Tablet.begins(server, '03751');
    await tablet.enters('Giàng A Páo', 'Bản Bó');
    await tablet.page.getByLabel('Số hộ dự họp').fill('20');
    await tablet.page.getByLabel('Số hộ đồng ý').fill('21');
    await tablet.page.getByLabel('Số hộ đồng ý').press('Tab');
    await saved(tablet.page);
    await tablet.syncs();
    await expect(votes.getByRole('listitem')).toContainText('Bản Bó, Xã Chiềng Ly');
    await expect(votes.getByRole('link', { name: 'Giàng A Páo' })).toHaveAttribute('href', /^\/phieu\//);
  } finally {
    await tablet?.dispose();
    await office.dispose();
  }
});
