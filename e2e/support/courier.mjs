// Bundles and receipts as files between browsers.
import { expect } from '@playwright/test';

export async function open(page) {
  await page.getByRole('link', { name: 'Đồng bộ' }).last().click();
  await page.locator('.button-row').getByRole('link', { name: 'Gói chuyển tay' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Gói chuyển tay' })).toBeVisible();
}

// The file that a button saves.
export async function saveAs(page, button, file) {
  const download = page.waitForEvent('download');
  await button.click();
  await (await download).saveAs(file);
  return (await download).suggestedFilename();
}

export async function takeIn(page, file) {
  await page.locator('input[name="courier-file"]').setInputFiles(file);
}

export const taken = (page, tone) => page.locator(`[data-taken="${tone}"]`);
