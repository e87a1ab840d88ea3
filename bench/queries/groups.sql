-- stats count by k, of rows with one k each; $file is the rows.
COPY (SELECT k, count(*)::VARCHAR AS count FROM read_json('$file', format = 'newline_delimited', columns = {k: 'VARCHAR'}) GROUP BY k)
TO '/dev/stdout' (FORMAT json)
