-- stats count by eventSource eventName userIdentity.type; $file is the log.
SELECT eventSource, eventName, userIdentity."type" AS "userIdentity.type", count(*)::VARCHAR AS count
FROM read_json('$file', format = 'newline_delimited', columns = {eventSource: 'VARCHAR', eventName: 'VARCHAR', userIdentity: 'STRUCT("type" VARCHAR)'})
WHERE eventSource IS NOT NULL AND eventName IS NOT NULL AND userIdentity."type" IS NOT NULL
GROUP BY ALL
