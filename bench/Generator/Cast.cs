using System.Text;

namespace Karst.Generator;

/// <summary>The accounts, regions, users, roles, addresses and programs that the events speak of; all of them made up, addresses from the documentation ranges.</summary>
internal static class Cast
{
    internal static readonly byte[][] Accounts = Split("111122223333 222233334444 333344445555 555566667777");
    internal static readonly byte[][] Regions = Split("us-east-1 eu-central-1 us-west-2 eu-west-1 ap-southeast-2 ca-central-1 eu-north-1 sa-east-1");
    internal static readonly byte[][] Users = Split(
        "ops-oncall data-analyst build-agent backup-runner finance-viewer web-publisher terraform-ci audit-reader search-indexer mobile-api svc-report "
        + "svc-billing svc-mail svc-etl release-bot db-admin network-admin security-lead support-desk ml-trainer qa-runner catalog-sync order-export image-resize");
    internal static readonly byte[][] Roles = Split(
        "app-runtime eks-node ecs-task lambda-orders lambda-thumbnails glue-crawler batch-worker ci-deployer read-only platform-admin dms-replicator "
        + "firehose-delivery codebuild-service config-recorder image-scanner autoscaler data-lake-reader data-lake-writer step-runner api-gateway-logs");
    internal static readonly byte[][] Words = Split(
        "orders billing catalog search media thumbs events metrics archive staging reports exports imports sessions users carts ledger mail audit cache "
        + "frontend backend gateway worker queue stream model feature payments shipping returns stock prices labels notes drafts tickets survey beacon");
    internal static readonly byte[][] Agents =
    [
        .. new[]
        {
            "aws-cli/2.22.4 md/awscrt#0.23.2 ua/2.0 os/linux#6.8.0-49 md/arch#x86_64 lang/python#3.12.6 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/command#describe",
            "Boto3/1.35.68 md/Botocore#1.35.68 ua/2.0 os/linux#5.10.228 md/arch#aarch64 lang/python#3.11.10 md/pyimpl#CPython exec-env/AWS_Lambda_python3.11 Botocore/1.35.68",
            "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.78.0 aws-sdk-go-v2/1.32.5 ua/2.1 os/linux lang/go#1.23.3 md/GOOS#linux md/GOARCH#amd64",
            "aws-sdk-java/2.29.20 Linux/6.1.115-126.197.amzn2023.x86_64 OpenJDK_64-Bit_Server_VM/21.0.5+11-LTS Java/21.0.5 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/standard",
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "aws-sdk-go-v2/1.32.5 ua/2.1 os/linux lang/go#1.22.9 md/GOOS#linux md/GOARCH#arm64 api/ec2#1.193.0 karpenter.sh-1.0.8",
            "aws-sdk-js/3.699.0 ua/2.1 os/linux#5.10.228 lang/js md/nodejs#20.18.0 api/dynamodb#3.699.0 exec-env/AWS_ECS_FARGATE",
            "console.amazonaws.com",
            "AWS Internal",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    static byte[][] Split(string words) => [.. words.Split(' ').Select(Encoding.ASCII.GetBytes)];
}
