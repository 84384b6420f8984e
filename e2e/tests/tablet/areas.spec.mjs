// A residential area's own titles, entered with the server gone: incidents refuse the one, points and the
// meeting decide the other, and the reviewer sees both.
import { expect, test } from '@playwright/test';
import { Device, offlineReady, signedIn, syncNow } from '../../support/browser.mjs';
import { look } from '../../support/look.mjs';
import { Server, tallyOf } from '../../support/server.mjs';
import { addArea, answer, openArea, saved, submit } from '../../support/tablet.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 120_000 });

test('incidents, Khu dân cư văn hóa, and what each pack rests on', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  const tablet = new Device(server.url);
  try {
    const page = await tablet.open();
    await signedIn(page, officer);
    await offlineReady(page);
    await syncNow(page);
    await server.kill();
    await addArea(page, 'Bản Nà Lĩnh');
    await openArea(page, 'Bản Nà Lĩnh');
    await page.getByRole('link', { name: 'Đánh giá khu dân cư' }).click();

    const outcome = page.locator('.result-panel__outcome');
    await expect(page.locator('.pack-basis')).toContainText('Thông tư 124/2021/TT-BCA');
    await expect(page.locator('.pack-basis')).toContainText('chưa đối chiếu với văn bản');
    await answer(page, 'Khu dân cư đã đăng ký', 'Có');
    for (const group of await page.getByRole('group').filter({ has: page.getByRole('radio', { name: 'Đạt', exact: true }) }).all()) {
      await group.getByRole('radio', { name: 'Đạt', exact: true }).check();
    }
    await expect(outcome).toHaveAttribute('data-outcome', 'earned');
    await page.getByLabel('Khiếu kiện đông người').check();
    await expect(outcome).toHaveAttribute('data-outcome', 'not-earned');
    await look(page, 'tablet-area-safe');
    await submit(page);
    await saved(page);

    await page.getByRole('link', { name: 'Khu dân cư văn hóa' }).click();
    await expect(page.locator('.pack-basis')).toContainText('Nghị định 122/2018/NĐ-CP');
    await answer(page, 'Khu dân cư đã đăng ký', 'Có');
    await page.getByRole('button', { name: 'Cho tất cả điểm tối đa' }).click();
    await page.getByLabel('Số hộ được mời').fill('80');
    await page.getByLabel('Số hộ dự họp').fill('60');
    await page.getByLabel('Số hộ đồng ý').fill('55');
    await answer(page, 'Đề nghị huyện công nhận Khu dân cư văn hóa', 'Có');
    await expect(outcome).toHaveAttribute('data-outcome', 'earned');
    await look(page, 'tablet-area-cultural');
    await submit(page);
    await saved(page);

    await server.start();
    await syncNow(page);
    const overview = await server.overview(reviewer, COMMUNE);
    expect(tallyOf(overview, 'khu-dan-cu-an-toan').submitted).toEqual({ met: 0, unmet: 1, open: 0 });
    expect(tallyOf(overview, 'khu-dan-cu-van-hoa').submitted).toEqual({ met: 1, unmet: 0, open: 0 });
    expect(server.cli(['recount'])).not.toContain('≠');
  } finally {
    await tablet.dispose();
    await server.dispose();
  }
});
