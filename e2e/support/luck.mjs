// Chance that can be had again: the same seed, the same numbers.

// splitmix32
export function luck(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return { below: (limit) => next() % limit };
}

// The seed of this run: given, or of the clock. Printed, so that it can be given.
export function seedFrom(variable) {
  const seed = Number(process.env[variable] ?? Date.now() % 1_000_000);
  console.log(`${variable}=${seed}`);
  return seed;
}
