-- The seed's rule. $file is the log. Only the columns that the rule reads are typed, and named narrowly: DuckDB's best form.
-- The CIM names that Splunk's add-on makes are written out: user is user_name, dest is eventSource, signature is eventName.
WITH scans AS (
  SELECT
    eventName AS signature,
    eventSource AS dest,
    coalesce(userIdentity.userName, userIdentity.sessionContext.sessionIssuer.userName,
             regexp_extract(userIdentity.arn, '[^:/]*$')) AS "user",
    userAgent AS user_agent,
    sourceIPAddress AS src,
    coalesce(userIdentity.accountId, recipientAccountId) AS vendor_account,
    awsRegion AS vendor_region,
    requestParameters.imageId.imageDigest AS imageDigest,
    requestParameters.repositoryName AS repository,
    eventTime,
    unnest(responseElements.imageScanFindings.findings) AS finding
  FROM read_json('$file', format = 'newline_delimited', columns = {
    eventTime: 'VARCHAR', eventSource: 'VARCHAR', eventName: 'VARCHAR', awsRegion: 'VARCHAR', sourceIPAddress: 'VARCHAR', userAgent: 'VARCHAR', recipientAccountId: 'VARCHAR',
    userIdentity: 'STRUCT(userName VARCHAR, arn VARCHAR, accountId VARCHAR, sessionContext STRUCT(sessionIssuer STRUCT(userName VARCHAR)))',
    requestParameters: 'STRUCT(repositoryName VARCHAR, imageId STRUCT(imageDigest VARCHAR))',
    responseElements: 'STRUCT(imageScanFindings STRUCT(findings STRUCT("name" VARCHAR, description VARCHAR, severity VARCHAR)[]))'})
  WHERE eventSource = 'ecr.amazonaws.com' AND eventName = 'DescribeImageScanFindings'
)
SELECT signature, dest, "user", user_agent, src, vendor_account, vendor_region, 'AWS CloudTrail' AS vendor_product,
  finding."name" AS finding_name, finding.description AS finding_description, imageDigest, repository,
  count(*)::VARCHAR AS count,
  left(min(eventTime), 19) AS firstTime,
  left(max(eventTime), 19) AS lastTime
FROM scans
WHERE finding.severity IN ('LOW', 'INFORMATIONAL', 'UNKNOWN')
  AND signature IS NOT NULL AND dest IS NOT NULL AND "user" IS NOT NULL AND user_agent IS NOT NULL AND src IS NOT NULL
  AND vendor_account IS NOT NULL AND vendor_region IS NOT NULL AND finding."name" IS NOT NULL AND finding.description IS NOT NULL
  AND imageDigest IS NOT NULL AND repository IS NOT NULL
GROUP BY ALL
