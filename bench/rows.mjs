// Compares two files of JSON rows as bags: keys in order of their names, rows in order of their text.
import { readFileSync } from 'node:fs';

function canonical(path) {
  return readFileSync(path, 'utf8').split('\n').filter(line => line.length > 0).map(line => {
    const row = JSON.parse(line);
    return JSON.stringify(Object.keys(row).sort().map(key => [key, String(row[key])]));
  }).sort();
}

export function compare(ours, theirs) {
  const left = canonical(ours);
  const right = canonical(theirs);
  if (left.length !== right.length) return `${left.length} rows, the peer has ${right.length}`;
  const place = left.findIndex((row, index) => row !== right[index]);
  return place < 0 ? `equal (${left.length} rows)` : `row ${place} differs:\n  ours  ${left[place]}\n  peer  ${right[place]}`;
}
