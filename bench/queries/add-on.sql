-- The raw columns nearest to user, src, dest and action, which Karst calculates by the add-on's rules; $file is the log.
SELECT coalesce(userIdentity.userName, userIdentity.principalId) AS "user", sourceIPAddress AS src, eventSource AS dest, eventName AS action, count(*)::VARCHAR AS count
FROM read_json('$file', format = 'newline_delimited', columns = {
  sourceIPAddress: 'VARCHAR', eventSource: 'VARCHAR', eventName: 'VARCHAR', userIdentity: 'STRUCT(userName VARCHAR, principalId VARCHAR)'})
GROUP BY ALL
