-- join k of two sides, one row each; $file is the left, $other the right.
COPY (SELECT l.k AS k, l.n AS n, r.m AS m FROM read_json('$file', format = 'newline_delimited', columns = {k: 'VARCHAR', n: 'VARCHAR'}) l
  JOIN read_json('$other', format = 'newline_delimited', columns = {k: 'VARCHAR', m: 'VARCHAR'}) r ON l.k = r.k)
TO '/dev/stdout' (FORMAT json)
