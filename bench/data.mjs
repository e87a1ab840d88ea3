// Makes the data of the cases, once, in a folder outside the repository; a file's name says its size and what made it.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export class Data {
  constructor(root, folder, bytes) {
    Object.assign(this, { root, folder, bytes });
    mkdirSync(folder, { recursive: true });
  }

  /** A path below the data folder, made by `make(path)` where it is not there; what is half made keeps another name. */
  once(name, make) {
    const path = join(this.folder, name);
    if (!existsSync(path)) {
      console.error(`bench: makes ${name}`);
      const part = path.replace(/(\.[a-z.]+)?$/, '.part$1');
      rmSync(part, { recursive: true, force: true });
      make(part);
      renameSync(part, path);
    }
    return path;
  }

  generate(...options) {
    execFileSync('dotnet', [process.env.BENCH_GENERATOR, ...options.map(String)], { stdio: ['ignore', 'ignore', 'inherit'] });
  }

  trail() {
    return this.once(`trail-${this.bytes}.json`, path => this.generate('--bytes', this.bytes, '--out', path));
  }

  trailGz() {
    const log = this.trail();
    return this.once(`trail-${this.bytes}.json.gz`, path => execFileSync('sh', ['-c', 'gzip -6 -c "$1" > "$2"', 'sh', log, path]));
  }

  /** Forty compressed files, as AWS delivers many. */
  trailFolder() {
    return this.once(`trail-${this.bytes}-gz`, path => {
      mkdirSync(path);
      for (let part = 0; part < 40; part++)
        this.generate('--bytes', Math.ceil(this.bytes / 40), '--seed', part + 1, '--out', join(path, `${part}.json.gz`));
    });
  }

  /** A folder as a responder has it: Windows events, CloudTrail, the Linux audit log, Office 365. */
  mixed() {
    const shares = { windows: 45, trail: 30, audit: 15, o365: 10 };
    return this.once(`mixed-${this.bytes}`, path => {
      mkdirSync(path);
      for (const [kind, share] of Object.entries(shares))
        this.generate('--kind', kind, '--bytes', Math.round(this.bytes * share / 100), '--out', join(path, `${kind}.${kind === 'windows' ? 'xml' : 'log'}`));
    });
  }

  oneLine() {
    return this.once('one-line.json', path => this.generate('--events', 1, '--out', path));
  }

  /** Rows of some 100 bytes: `k` is another number in each of them, in no order. */
  rows(name, bytes, field) {
    return this.once(`${name}-${bytes}.jsonl`, path => write(path, bytes, index =>
      `{"k":"${String((index * 7919) % 1_000_000_007).padStart(10, '0')}","${field}":"${index % 1000}","note":"made for ${name}, line ${index}, and nothing else"}\n`));
  }

  folderOf(name, files) {
    return this.once(name, path => {
      mkdirSync(path);
      for (const [file, text] of files) writeFileSync(join(path, file), text);
    });
  }

  size(path) {
    return statSync(path).size;
  }

  text(path) {
    return readFileSync(join(this.root, path), 'utf8');
  }
}

function write(path, bytes, line) {
  const file = openSync(path, 'w');
  let block = '';
  for (let index = 0, total = 0; total < bytes; index++) {
    const text = line(index);
    total += text.length;
    block += text;
    if (block.length > 1 << 20 || total >= bytes) {
      writeSync(file, block);
      block = '';
    }
  }
  closeSync(file);
}
