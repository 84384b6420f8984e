// A whole day's work, from signing in to handing in and signing out, without a hand on the screen or a mouse.
import { expect, test } from '@playwright/test';
import { Device, synced } from '../../support/browser.mjs';
import { pressOn, tabTo, typeInto } from '../../support/keyboard.mjs';
import { Server, tallyOf } from '../../support/server.mjs';

const COMMUNE = '03751';

test.describe.configure({ timeout: 240_000 });

// A choice of words is one stop; the arrows lead through it.
async function choose(page, question, word) {
  const group = page.getByRole('group', { name: question });
  await tabTo(page, group.getByRole('radio'));
  const wanted = group.getByRole('radio', { name: word, exact: true });
  for (let step = 0; step < 4 && !(await wanted.isChecked()); step += 1) await page.keyboard.press('ArrowRight');
  await expect(wanted).toBeChecked();
}

const button = (scope, name) => scope.getByRole('button', { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { level: 1, name });

async function addFamily(page, head, house) {
  await pressOn(page, button(page, 'Thêm hộ'));
  const dialog = page.getByRole('dialog');
  await typeInto(page, dialog.getByLabel('Họ tên chủ hộ'), head);
  await typeInto(page, dialog.getByLabel('Số nhà hoặc số sổ'), house);
  await pressOn(page, button(dialog, 'Lưu'));
  await expect(dialog).toBeHidden();
}

async function enterVotes(page, form) {
  for (const field of ['Số hộ được mời', 'Số hộ dự họp', 'Số hộ đồng ý']) {
    await typeInto(page, form.getByLabel(field), '2');
  }
}

test('everything from signing in to signing out by keyboard alone', async () => {
  const server = await Server.create();
  await server.start();
  const officer = server.account('can-bo-xa', 'commune-officer', COMMUNE);
  const reviewer = server.account('so-noi-vu', 'province-reviewer', '14');
  const device = new Device(server.url);
  try {
    const page = await device.open();
    await typeInto(page, page.getByLabel('Tài khoản'), officer.name);
    await typeInto(page, page.getByLabel('Mật khẩu', { exact: true }), officer.password);
    await page.keyboard.press('Enter');
    await pressOn(page, button(page, 'Để sau'));

    // An area, and two families in it.
    await pressOn(page, button(page, 'Thêm khu dân cư'));
    const dialog = page.getByRole('dialog');
    await typeInto(page, dialog.getByLabel('Tên khu dân cư'), 'Bản Bó');
    await pressOn(page, button(dialog, 'Lưu'));
    await expect(dialog).toBeHidden();
    await pressOn(page, page.locator('.area-list__link', { hasText: 'Bản Bó' }));
    await expect(heading(page, 'Bản Bó')).toBeVisible();
    await addFamily(page, 'Lò Văn Hặc', '12');
    await addFamily(page, 'Quàng Thị Ún', '7');

    // The meeting and a mark for the first family, the form for the second.
    await pressOn(page, button(page, 'Nhập cuộc họp'));
    await enterVotes(page, dialog);
    await pressOn(page, button(dialog, 'Lưu và ghi cho các hộ'));
    await expect(dialog).toBeHidden();
    await tabTo(page, page.getByRole('grid'));
    await page.keyboard.press('1');
    await expect(page.locator('[data-filter="chua-cham"] .chip__count')).toHaveText('1');
    await typeInto(page, page.getByRole('searchbox', { name: 'Tìm hộ' }), 'quang thi un');
    await expect(page.locator('.grid__name')).toHaveCount(1);
    await tabTo(page, page.getByRole('grid'));
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Quàng Thị Ún')).toBeVisible();
    await choose(page, 'Hộ đăng ký danh hiệu Gia đình văn hóa', 'Có');
    await choose(page, 'Kết quả rà soát hộ nghèo năm nay', 'Không nghèo');
    await pressOn(page, button(page, 'Cho tất cả điểm tối đa'));
    await enterVotes(page, page);
    await choose(page, 'Đề nghị công nhận Gia đình văn hóa', 'Có');
    await expect(page.locator('.result-panel__outcome')).toHaveAttribute('data-outcome', 'earned');
    await pressOn(page, button(page, 'Gửi duyệt'));
    await expect(page.locator('.result-panel .badge', { hasText: 'Đã gửi duyệt' })).toBeVisible();

    // The first family is handed in from the grid, with whatever else is ready.
    await pressOn(page, page.locator('.breadcrumb a').last());
    await expect(page.getByRole('grid')).toBeVisible();
    await pressOn(page, page.locator('[data-action="submit"]'));
    await pressOn(page, button(dialog, 'Gửi duyệt'));
    await expect(page.locator('[data-filter="da-gui"] .chip__count')).toHaveText('2');

    // What the screen cannot do alone: sync, another language and back, help, signing out.
    await pressOn(page, page.getByRole('link', { name: 'Đồng bộ', exact: true }));
    await pressOn(page, button(page, 'Đồng bộ ngay'));
    await synced(page);
    const overview = await server.overview(reviewer, COMMUNE);
    const title = tallyOf(overview, 'gia-dinh-van-hoa');
    expect([title.expected, title.submitted.met, title.submitted.unmet]).toEqual([2, 2, 0]);
    await pressOn(page, button(page, 'English'));
    await expect(heading(page, 'Sync')).toBeVisible();
    await pressOn(page, button(page, 'Tiếng Việt'));
    await pressOn(page, page.getByRole('link', { name: 'Trợ giúp' }));
    await expect(heading(page, 'Trợ giúp')).toBeVisible();
    await pressOn(page, page.getByRole('link', { name: 'Đồng bộ', exact: true }));
    await pressOn(page, button(page, 'Đăng xuất'));
    await expect(page.getByLabel('Tài khoản')).toBeVisible();
  } finally {
    await device.dispose();
    await server.dispose();
  }
});
