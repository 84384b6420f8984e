// What a hand can do, the keyboard can do alone.
import { expect } from '@playwright/test';

// More presses of Tab than any screen has places to stop at.
const MOST_STOPS = 500;

// Within these the arrow keys lead on: one stop stands for all that is inside.
const BY_ARROWS = '[role=grid], [role=radiogroup], [role=tablist], [role=listbox], [role=toolbar]';

// What can be touched on the page as it is, and cannot be reached by Tab, or shows no sign of having the focus.
// Asks the browser which elements listen to a touch, so nothing that was made clickable is overlooked.
export async function unreachable(page) {
  await findTouchable(page);
  return walkByTab(page);
}

// Presses Tab until `target` has the focus. Choices that exclude each other are one stop: whichever has it.
export async function tabTo(page, target) {
  const wanted = await target.first().elementHandle();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const there = await wanted.evaluate((element) => {
      const focused = document.activeElement;
      return focused === element || (element.type === 'radio' && focused.type === 'radio' && focused.name === element.name);
    });
    if (there) return;
  }
  throw new Error(`not reached by Tab: ${target}`);
}

// Tab to `target`, and the key that a hand would have touched it with.
export async function pressOn(page, target, key = 'Enter') {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

// Tab to a field, and type.
export async function typeInto(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

async function findTouchable(page) {
  const devtools = await page.context().newCDPSession(page);
  const { result } = await devtools.send('Runtime.evaluate', { expression: 'document.body' });
  const { listeners } = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId, depth: -1 });
  await page.evaluate(() => (window.touchable = new Set()));
  for (const { type, backendNodeId } of listeners) {
    if (!['click', 'pointerdown', 'mousedown', 'touchstart'].includes(type)) continue;
    const { object } = await devtools.send('DOM.resolveNode', { backendNodeId });
    await devtools.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration: 'function () { window.touchable.add(this); }',
    });
  }
  await devtools.detach();
}

async function walkByTab(page) {
  // From wherever the focus is, around the end, until a place comes again; then back to where it was.
  await page.evaluate((byArrows) => {
    window.stops = new Set();
    window.looks = new Map();
    // Of the element itself, of what it is drawn with, and of the label that it hides behind.
    window.lookOf = (element) => {
      // With less motion wanted, colours still take a hundredth of a millisecond to change.
      for (const change of element.getAnimations({ subtree: true })) change.finish();
      // Where arrows lead on, the part that they have come to shows it.
      const parts = element.matches(byArrows) ? element.querySelectorAll('*') : element.children;
      return [element, ...parts, element.closest('label')]
        .filter(Boolean)
        .map((part) => getComputedStyle(part))
        .map((style) => [style.outline, style.boxShadow, style.stroke, style.strokeWidth, style.backgroundColor].join())
        .join();
    };
    window.focusedBefore = document.activeElement;
    document.activeElement.blur();
  }, BY_ARROWS);
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const again = await page.evaluate(() => {
      const element = document.activeElement;
      // A date is one element with three stops.
      if (window.stops.has(element)) return element !== window.lastStop;
      window.stops.add(element);
      window.lastStop = element;
      if (element === document.body) return false;
      window.looks.set(element, window.lookOf(element));
      return false;
    });
    if (again) break;
  }
  return page.evaluate((byArrows) => {
    const { stops, touchable, looks, lookOf, focusedBefore } = window;
    document.activeElement.blur();
    const dialog = document.querySelector('dialog:modal');
    const native = document.querySelectorAll('a[href], button, input, select, textarea, summary');
    stops.delete(document.body);
    const within = (element) => [...stops].some((stop) => element.contains(stop));
    const sameChoice = (element) => element.type === 'radio' && [...stops].some((stop) => stop.name === element.name);
    const reached = (element) => {
      const group = element.closest(byArrows);
      return within(element) || sameChoice(element) || (group !== null && within(group));
    };
    const offered = (element) =>
      element.isConnected &&
      element.checkVisibility() &&
      !element.matches(':disabled, [aria-disabled=true]') &&
      !element.closest('[inert]') &&
      (dialog === null || dialog.contains(element));
    const short = (element) => element.outerHTML.slice(0, 120);
    const missed = [...new Set([...native, ...touchable])].filter((element) => offered(element) && !reached(element));
    const unmarked = [...looks].filter(([element, look]) => element.isConnected && lookOf(element) === look);
    focusedBefore?.focus?.();
    return [...missed.map(short), ...unmarked.map(([element]) => `focus is not shown: ${short(element)}`)];
  }, BY_ARROWS);
}
