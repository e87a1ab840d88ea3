// usage: node duckdb.mjs QUERY.sql LOG; one thread; prints the rows as one JSON object a line.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [query, log] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
const sql = readFileSync(query, 'utf8').replaceAll('$file', log.replaceAll("'", "''"));
const result = await connection.runAndReadAll(sql);
const lines = result.getRowObjects().map(row => JSON.stringify(row));
process.stdout.write(lines.length > 0 ? lines.join('\n') + '\n' : '');
