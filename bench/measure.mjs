// Runs one whole process and says how long it took, how much of the processors it used and how much memory its largest process held.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** Seconds by the clock, seconds of user and system together, megabytes (2^20) at the peak. `cores` is taskset's list; a run that ends with another code than `code` throws. */
export function measure({ argv, cores, code = 0 }, { output, folder }) {
  const times = `${output}.time`;
  const out = openSync(output, 'w');
  const start = process.hrtime.bigint();
  const run = spawnSync('/usr/bin/time', ['-q', '-f', '%M %U %S', '-o', times, 'taskset', '-c', cores, ...argv],
    { cwd: folder, stdio: ['ignore', out, 'pipe'], maxBuffer: 1 << 26 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  closeSync(out);
  if (run.error) throw run.error;
  if (run.status !== code)
    throw new Error(`${argv.slice(0, 3).join(' ')} … ended with ${run.status ?? run.signal}: ${run.stderr.toString().slice(-1000)}`);
  const [kilobytes, user, system] = readFileSync(times, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, cpu: user + system, megabytes: kilobytes / 1024 };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
