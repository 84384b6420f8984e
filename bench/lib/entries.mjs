// Family entries drawn from stated distributions with a seed, and how much information they hold.

// mulberry32: small, and the same on every machine.
export function luckOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const weighted = (weights) => {
    let at = next() * weights.reduce((sum, weight) => sum + weight, 0);
    return Math.max(0, weights.findIndex((weight) => (at -= weight) < 0));
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return { next, weighted, normal, chance: (share) => next() < share };
}

// Highest points of the 15 criteria of decree 122/2018's sheet as the app has it.
const MAX = [8, 7, 7, 7, 6, 8, 8, 6, 6, 7, 7, 5, 6, 7, 5];
// Three kinds of families, and how many points below the highest each criterion gets.
const LEVELS = [0.6, 0.3, 0.1];
const BELOW = [
  [0.62, 0.25, 0.09, 0.03, 0.01],
  [0.38, 0.32, 0.19, 0.08, 0.03],
  [0.15, 0.25, 0.28, 0.2, 0.12],
];
const REGISTERED = 0.96;
const POVERTY = [0.72, 0.1, 0.18];
const POVERTY_WORDS = ['none', 'near-poor', 'poor'];
const EXCLUDED = 0.015;
const EXCLUSIONS = ['xu-ly', 'nghia-vu', 'xay-dung', 'tao-hon', 'bao-luc', 'te-nan', 'tu-tap'];
const PROPOSED = 0.97;
const AGAINST = [0.6, 0.2, 0.1, 0.06, 0.04];
const NOTED = 0.3;
const NOTES = [
  'Cần vận động vệ sinh nhà ở', 'Chủ hộ đi làm xa', 'Mới tách hộ', 'Nhà đang sửa chữa',
  'Con đang học đại học', 'Hộ có người cao tuổi neo đơn', 'Mới chuyển đến từ bản khác',
  'Đã nhắc đóng bảo hiểm y tế', 'Có công trình vệ sinh mới', 'Tích cực hiến đất làm đường',
  'Còn nuôi gia súc dưới gầm sàn', 'Có con bỏ học, đang vận động quay lại trường',
];
// Weights as 1/rank: a few remarks are made again and again.
const NOTE_WEIGHTS = NOTES.map((_, rank) => 1 / (rank + 1));
// Remarks are texts that people type: half of them name a month or a sum.
const DETAIL = 0.5;
const DETAILS = 24;
// Milliseconds between two entries: log-normal around 25 seconds.
const PAUSE = { median: 25_000, sigma: 0.7 };
const PER_AREA = 110;

// `start` is the first entry's time; everything else follows from the seed.
export function entries(count, { seed, start, author, commune }) {
  const luck = luckOf(seed);
  let at = start;
  let meeting;
  return Array.from({ length: count }, (_, index) => {
    const area = Math.floor(index / PER_AREA);
    if (index % PER_AREA === 0) {
      const invited = 90 + Math.floor(luck.next() * 40);
      meeting = { invited, attended: Math.round(invited * (0.7 + luck.next() * 0.3)) };
    }
    at += Math.max(1, Math.round(PAUSE.median * Math.exp(PAUSE.sigma * luck.normal())));
    const level = luck.weighted(LEVELS);
    const values = { pack: 'gdvh-122-2018', registered: luck.chance(REGISTERED) };
    let points = 0;
    MAX.forEach((max, place) => {
      const given = Math.max(0, max - luck.weighted(BELOW[level]));
      points += given;
      values[`score.c${String(place + 1).padStart(2, '0')}`] = given;
    });
    values['meeting.invited'] = meeting.invited;
    values['meeting.attended'] = meeting.attended;
    values['meeting.agreed'] = meeting.attended - luck.weighted(AGAINST);
    values.poverty = POVERTY_WORDS[luck.weighted(POVERTY)];
    const excluded = luck.chance(EXCLUDED);
    if (excluded) values[`exclusion.${EXCLUSIONS[Math.floor(luck.next() * EXCLUSIONS.length)]}`] = true;
    values.proposed = points >= 60 && !excluded && luck.chance(PROPOSED);
    if (luck.chance(NOTED)) {
      const detail = luck.chance(DETAIL) ? ` (${1 + Math.floor(luck.next() * DETAILS)})` : '';
      values.note = NOTES[luck.weighted(NOTE_WEIGHTS)] + detail;
    }
    // Short and in order, as a well-informed user would choose them; the app's own are its server's.
    const id = `${commune}-${area + 1}-${(index % PER_AREA) + 1}`;
    return { index, id, at, author, commune, values };
  });
}

const entropyOf = (weights) => {
  const sum = weights.reduce((a, b) => a + b, 0);
  return -weights.reduce((bits, weight) => bits + (weight / sum) * Math.log2(weight / sum), 0);
};
const yesNo = (share) => entropyOf([share, 1 - share]);

// Bits that an entry holds by these distributions, given all before it: no format can need less on the
// average. The family's kind is counted though nobody sends it, so `scores` is at most a bit too much.
export function entropyBits() {
  const scores =
    entropyOf(LEVELS) +
    LEVELS.reduce((bits, share, level) => bits + share * MAX.length * entropyOf(BELOW[level]), 0);
  const flags =
    yesNo(REGISTERED) + entropyOf(POVERTY) + yesNo(EXCLUDED) + EXCLUDED * Math.log2(EXCLUSIONS.length) +
    yesNo(PROPOSED) + entropyOf(AGAINST) + (Math.log2(40) + Math.log2(35)) / PER_AREA;
  const note = yesNo(NOTED) + NOTED * (entropyOf(NOTE_WEIGHTS) + yesNo(DETAIL) + DETAIL * Math.log2(DETAILS));
  // The differential entropy of a log-normal distribution, at a resolution of one millisecond.
  const time = Math.log2(PAUSE.sigma * PAUSE.median * Math.sqrt(2 * Math.PI * Math.E));
  return { scores, flags, note, time, total: scores + flags + note + time };
}
