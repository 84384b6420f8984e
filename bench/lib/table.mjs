// Rows as a table for people.
const HEAD = ['case', 'entries', 'profile', 'system', 'requests', 'B up', 'B down', 'B an entry', 'seconds'];

export function table(rows, { systems, cases, profiles }) {
  const rank = (row) => [
    cases.indexOf(row.case), row.entries, profiles.indexOf(row.profile), systems.indexOf(row.system),
  ];
  const inOrder = [...rows].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((value, place) => value !== right[place]);
    return at < 0 ? 0 : left[at] - right[at];
  });
  const lines = inOrder.map((row) => [
    row.case, row.entries, row.profile, row.system, row.requests, row.bytes_up, row.bytes_down,
    row.entries > 0 ? ((row.bytes_up + row.bytes_down) / row.entries).toFixed(1) : '–',
    row.seconds.toFixed(1),
  ].map(String));
  const widths = HEAD.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  const text = (line) => line.map((cell, column) => (column < 4 && column !== 1
    ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  return [HEAD, widths.map((width) => '-'.repeat(width)), ...lines].map(text).join('\n');
}
