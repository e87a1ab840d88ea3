-- sort 0 k | fields k n note; $file is the rows.
COPY (SELECT k, n, note FROM read_json('$file', format = 'newline_delimited', columns = {k: 'VARCHAR', n: 'VARCHAR', note: 'VARCHAR'}) ORDER BY k)
TO '/dev/stdout' (FORMAT json)
