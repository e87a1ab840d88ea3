// Says `equal (…)` where two results are the same, else the first difference.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const rowsOf = path => readFileSync(path, 'utf8').split('\n').filter(line => line.length > 0).map(line => JSON.parse(line));

/** Rows as bags: keys in order of their names, rows in order of their text. */
export function bags(ours, theirs) {
  const canonical = rows => rows.map(row => JSON.stringify(Object.keys(row).sort().map(key => [key, String(row[key])]))).sort();
  return difference(canonical(rowsOf(ours)), canonical(rowsOf(theirs)));
}

/** Findings of rules that end in `stats count`, beside one row that has a column a rule; a rule that counted nothing is none. */
export function counts(ours, theirs) {
  const found = rowsOf(ours).map(finding => `${finding.rule.name} ${finding.fields.count}`);
  const counted = Object.entries(rowsOf(theirs)[0]).map(([name, count]) => `${name} ${count}`);
  const some = texts => texts.filter(text => !text.endsWith(' 0')).sort();
  return difference(some(found), some(counted));
}

/** Findings of both runs, as they are. */
export function findings(ours, theirs) {
  const texts = path => rowsOf(path).map(row => JSON.stringify([row.rule.name, row.fields])).sort();
  return difference(texts(ours), texts(theirs));
}

/** Large results: the same lines in the same order. */
export function lines(ours, theirs) {
  return run('cmp', [ours, theirs], ours);
}

/** Large results: the same lines in any order. */
export function sortedLines(ours, theirs) {
  for (const path of [ours, theirs]) execFileSync('sort', ['-S', '1G', '-o', path, path], { env: { ...process.env, LC_ALL: 'C' } });
  return lines(ours, theirs);
}

function run(tool, paths, counted) {
  try {
    execFileSync(tool, paths, { stdio: 'pipe' });
    return `equal (${execFileSync('wc', ['-l', counted]).toString().split(' ')[0]} rows)`;
  } catch (problem) {
    return `differs: ${problem.stdout || problem.message}`;
  }
}

function difference(left, right) {
  if (left.length !== right.length) return `${left.length} rows, the peer has ${right.length}; only ours ${left.find(row => !right.includes(row))}; only the peer's ${right.find(row => !left.includes(row))}`;
  const place = left.findIndex((row, index) => row !== right[index]);
  return place < 0 ? `equal (${left.length} rows)` : `row ${place} differs: ours ${left[place]}, the peer's ${right[place]}`;
}
