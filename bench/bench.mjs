// Runs every case as interleaved pairs of whole processes on one core and prints a table; `bench/run` prepares what this needs.
import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { cases } from './cases.mjs';
import { measure, median } from './measure.mjs';
import { compare } from './rows.mjs';

const [root, log, ...options] = process.argv.slice(2);
const record = options.includes('--record');
const pairs = Number(process.env.KARST_BENCH_PAIRS ?? 5);
const core = process.env.KARST_BENCH_CORE ?? '0';
const results = join(root, 'bench/data/results');
mkdirSync(results, { recursive: true });

const bytes = statSync(log).size;
const lines = [];
let failed = 0;
for (const [index, one] of cases(root, log, process.env.KARST_BENCH_APP).entries()) {
  const ours = [], theirs = [];
  const files = { ours: join(results, `${index}.karst.jsonl`), theirs: join(results, `${index}.peer.jsonl`) };
  try {
    for (let pair = 0; pair < pairs; pair++) {
      ours.push(measure(one.ours, { core, output: files.ours, folder: root }));
      theirs.push(measure(one.theirs, { core, output: files.theirs, folder: root }));
    }
  } catch (problem) {
    failed++;
    lines.push(`| ${one.name} | ${one.peer} | | | | | | not measured |`);
    console.error(problem.message);
    continue;
  }
  const ratios = theirs.map((their, pair) => their.seconds / ours[pair].seconds);
  const verdict = one.compared ? compare(files.ours, files.theirs) : 'not comparable';
  if (one.compared && !verdict.startsWith('equal')) {
    failed++;
    console.error(`${one.name}: ${verdict}`);
  }
  const seconds = runs => median(runs.map(run => run.seconds)).toFixed(2);
  const peak = runs => Math.max(...runs.map(run => run.megabytes)).toFixed(0);
  lines.push(`| ${one.name} | ${one.peer} | ${seconds(ours)} | ${seconds(theirs)} | **${median(ratios).toFixed(2)}** `
    + `| ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} | ${peak(ours)} / ${peak(theirs)} | ${verdict.split('\n')[0]} |`);
}

const model = cpus()[0]?.model ?? 'unknown';
const table = [
  `${(bytes / 1e9).toFixed(2)} GB, one core (${model}), ${pairs} pairs of whole processes, start-up included`,
  '',
  '| search | peer | karst, s | peer, s | times as fast (median) | min to max | peak MB, karst / peer | rows |',
  '|---|---|---|---|---|---|---|---|',
  ...lines,
].join('\n');
console.log(table);
if (record)
  appendFileSync(join(root, 'bench/history.md'), `\n## ${new Date().toISOString().slice(0, 10)}\n\n${table}\n`);
process.exit(failed > 0 ? 1 : 0);
