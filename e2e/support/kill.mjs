// Ends a browser as a power cut does: SIGKILL to the process, no time to finish anything.
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from '@playwright/test';

const commandLine = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // It has ended in between.
  }
};

const processesOf = (profile) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), args: commandLine(pid) }))
    .filter(({ args }) => args.some((arg) => arg === `--user-data-dir=${profile}`));

// Only processes that this device's own profile names are touched.
export async function killBrowser(device) {
  const gone = new Promise((resolve) => device.context.once('close', resolve));
  const found = processesOf(device.profile);
  expect(found.length).toBeGreaterThan(0);
  for (const { pid } of found) process.kill(pid, 'SIGKILL');
  await gone;
  device.context = undefined;
  await expect.poll(() => processesOf(device.profile).length).toBe(0);
}
