import fs from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import * as arrow from 'apache-arrow';
const data = process.argv[2];
const db = await (await DuckDBInstance.create(':memory:')).connect();
await db.run(`CREATE TABLE flats AS SELECT * FROM read_csv('${data}/flats.csv', header = true, nullstr = '')`);
fs.rmSync(`${data}/flats.parquet`, { force: true });
await db.run(`COPY flats TO '${data}/flats.parquet' (FORMAT parquet, COMPRESSION zstd)`);
const rows = (await db.runAndReadAll('SELECT * FROM flats')).getRowObjects();
const texts = name => arrow.vectorFromArray(rows.map(row => row[name]), new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()));
const numbers = (name, type) => arrow.vectorFromArray(rows.map(row => row[name] === null ? null : type instanceof arrow.Int64 ? BigInt(row[name]) : Number(row[name])), type);
const table = new arrow.Table({
  id: numbers('id', new arrow.Int32()), district: texts('district'), size: numbers('size', new arrow.Float64()), rooms: numbers('rooms', new arrow.Int8()),
  built: numbers('built', new arrow.Int16()), heating: texts('heating'), rent: numbers('rent', new arrow.Float64()),
  kind: arrow.vectorFromArray(rows.map(row => row.kind), new arrow.Utf8()), extras: arrow.vectorFromArray(rows.map(row => row.extras), new arrow.Utf8()),
});
fs.writeFileSync(`${data}/flats.arrow`, arrow.tableToIPC(table, 'file'));
fs.writeFileSync(`${data}/flats.arrows`, arrow.tableToIPC(table, 'stream'));
console.log(rows.length, rows[3], arrow.tableFromIPC(fs.readFileSync(`${data}/flats.arrow`)).numRows);
