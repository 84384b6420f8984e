// Registers of any size for the tests of the roster.
import { expect } from '@playwright/test';

const FAMILY = ['Lò Văn', 'Giàng A', 'Quàng Thị', 'Cà Văn', 'Vàng Thị', 'Hoàng Văn', 'Nguyễn Thị', 'Mùa A'];
const GIVEN = ['Hặc', 'Páo', 'Ún', 'Chung', 'Dơ', 'Súa', 'Inh', 'Phương', 'Tếnh', 'Mẩy', 'Đức', 'Hoà'];

export const headName = (number) =>
  `${FAMILY[Math.floor(number / GIVEN.length) % FAMILY.length]} ${GIVEN[number % GIVEN.length]}`;

// `count` families over `areas` residential areas, numbered from 1 within each.
export function register(count, areas = ['Bản Bó']) {
  return Array.from({ length: count }, (_, index) => ({
    area: areas[index % areas.length],
    head: headName(index),
    house: String(Math.floor(index / areas.length) + 1),
  }));
}

// The first sync of a large register takes a while.
export async function arrived(page, families) {
  await expect
    .poll(
      async () => {
        const counted = await page.locator('.area-list__meta').allTextContents();
        return counted.reduce((sum, text) => sum + Number(text.match(/^([\d.]+) hộ/)[1].replaceAll('.', '')), 0);
      },
      { timeout: 90_000 },
    )
    .toBe(families);
}

export async function enterMeeting(page, { invited, attended, agreed }) {
  await page.getByRole('button', { name: 'Nhập cuộc họp' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Số hộ được mời').fill(String(invited));
  await dialog.getByLabel('Số hộ dự họp').fill(String(attended));
  await dialog.getByLabel('Số hộ đồng ý').fill(String(agreed));
  await dialog.getByRole('button', { name: 'Lưu và ghi cho các hộ' }).click();
  await expect(dialog).toBeHidden();
}

// How many families a filter counts.
export async function filterCount(page, filter) {
  const text = await page.locator(`[data-filter="${filter}"] .chip__count`).textContent();
  return Number(text.replaceAll('.', ''));
}

export const markSaved = (page) => expect(page.locator('.action-bar .save-note')).toHaveText('Đã lưu');
