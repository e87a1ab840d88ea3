// Runs one whole process and says how long it took and how much memory its largest process held.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export function measure(command, { core, output, folder }) {
  const times = `${output}.time`;
  const out = openSync(output, 'w');
  const start = process.hrtime.bigint();
  const run = spawnSync('/usr/bin/time', ['-f', '%M', '-o', times, 'taskset', '-c', String(core), ...command],
    { cwd: folder, stdio: ['ignore', out, 'pipe'], maxBuffer: 1 << 26 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  closeSync(out);
  if (run.error) throw run.error;
  if (run.status !== 0)
    throw new Error(`${command.slice(0, 3).join(' ')} … ended with ${run.status}: ${run.stderr.toString().slice(-2000)}`);
  const kilobytes = Number(readFileSync(times, 'utf8').trim().split('\n').at(-1));
  return { seconds, megabytes: kilobytes / 1024 };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
