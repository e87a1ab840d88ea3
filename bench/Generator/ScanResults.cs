namespace Karst.Generator;

/// <summary>The seed rule's event: the answer to DescribeImageScanFindings, with findings of mixed severities, now and then one without a description.</summary>
internal sealed class ScanResults(Pcg random, LineBuffer line)
{
    static readonly Template Head = Template.Compile(
        "{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"AssumedRole\",\"principalId\":\"AROAEXAMPLE<person>:scan\",\"arn\":\"arn:aws:sts::<account>:assumed-role/image-scanner/scan\",\"accountId\":\"<account>\","
        + "\"accessKeyId\":\"ASIA<upper:9>EXAMPLE\",\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\",\"principalId\":\"AROAEXAMPLE<person>\",\"arn\":\"arn:aws:iam::<account>:role/image-scanner\",\"accountId\":\"<account>\","
        + "\"userName\":\"image-scanner\"},\"attributes\":{\"creationDate\":\"<sessionstart>\",\"mfaAuthenticated\":\"false\"}}},\"eventTime\":\"<time>\",\"eventSource\":\"ecr.amazonaws.com\",\"eventName\":\"DescribeImageScanFindings\","
        + "\"awsRegion\":\"<region>\",\"sourceIPAddress\":\"<address>\",\"userAgent\":\"<agent>\",\"requestParameters\":{\"repositoryName\":\"<word>/<word>\",\"imageId\":{\"imageDigest\":\"sha256:<hex:64>\"},\"maxResults\":1000},"
        + "\"responseElements\":{\"registryId\":\"<account>\",\"imageScanStatus\":{\"status\":\"COMPLETE\",\"description\":\"The scan was completed successfully.\"},"
        + "\"imageScanFindings\":{\"imageScanCompletedAt\":\"<date>\",\"vulnerabilitySourceUpdatedAt\":\"<date>\",\"findings\":[");
    static readonly Template Name = Template.Compile("{\"name\":\"CVE-20<int:15-25>-<digits:5>\"");
    static readonly Template Description = Template.Compile(
        ",\"description\":\"In <word>lib before <int:1-9>.<int:0-30>, a crafted <word> record leads to <pick:an out-of-bounds read|a use after free|a denial of service (\\\"crash\\\")|an integer overflow> in the <word> parser.\"");
    static readonly Template Rest = Template.Compile(
        ",\"uri\":\"https://security-tracker.example.com/<hex:8>\",\"severity\":\"<pick:LOW|LOW|INFORMATIONAL|INFORMATIONAL|UNKNOWN|MEDIUM|MEDIUM|HIGH|CRITICAL|UNDEFINED>\","
        + "\"attributes\":[{\"key\":\"package_version\",\"value\":\"<int:1-9>.<int:0-30>-<int:1-9>\"},{\"key\":\"package_name\",\"value\":\"<word>lib\"}]}");
    static readonly Template Tail = Template.Compile(
        "],\"findingSeverityCounts\":{\"LOW\":<int:0-9>,\"HIGH\":<int:0-9>}}},\"requestID\":\"<uuid>\",\"eventID\":\"<uuid>\",\"readOnly\":true,"
        + "\"eventType\":\"AwsApiCall\",\"managementEvent\":true,\"recipientAccountId\":\"<account>\",\"eventCategory\":\"Management\"}");

    internal void Write(Scene scene)
    {
        Head.Write(line, scene, random);
        var findings = 3 + random.Below(20);
        for (var i = 0; i < findings; i++)
        {
            if (i > 0)
                line.Put((byte)',');
            Name.Write(line, scene, random);
            if (!random.Chance(300))
                Description.Write(line, scene, random);
            Rest.Write(line, scene, random);
        }
        Tail.Write(line, scene, random);
    }
}
