using System.Globalization;
using System.IO.Compression;
using Karst.Generator;

const string Usage = """
    Writes a made-up log, the same bytes for the same options.

    usage: Karst.Generator inflate FILE   only decompresses FILE and prints how many bytes it holds: the limit of what reads .gz
           Karst.Generator count FILE     counts events by eventSource, eventName and userIdentity.type as a program of ten lines would: a JSON document a line
           Karst.Generator [--kind trail|windows|audit|o365] [--bytes N | --events N] [--seed N] [--pace MS] [--attacks] [--out FILE]

      --kind KIND  trail: AWS CloudTrail (default); windows: events as XML; audit: the Linux audit log; o365: Office 365 management activity
      --bytes N    end with the line that reaches N bytes (default 1000000)
      --events N   end after N events
      --seed N     another log (default 1)
      --pace MS    mean distance of two events in milliseconds (default 500)
      --attacks    hide five attack stories in a log of CloudTrail
      --out FILE   default: standard output; a name that ends in .gz is compressed

    example: Karst.Generator --bytes 1000000000 --out trail.json
    """;

if (args is ["inflate", var compressed])
{
    using var inflated = new GZipStream(File.OpenRead(compressed), CompressionMode.Decompress);
    var block = new byte[1 << 20];
    long total = 0;
    for (int read; (read = inflated.Read(block)) > 0;)
        total += read;
    Console.WriteLine(total);
    return 0;
}
if (args is ["count", var log])
{
    NaiveCount.Run(log, Console.Out);
    return 0;
}
long bytes = 0, count = 0;
ulong seed = 1;
var pace = 500;
var attacks = false;
var kind = LogKind.Trail;
string? path = null;
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--attacks")
    {
        attacks = true;
        continue;
    }
    var value = i + 1 < args.Length ? args[i + 1] : "";
    var known = args[i] switch
    {
        "--kind" => Enum.TryParse(value, ignoreCase: true, out kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(value[0]),
        "--bytes" => long.TryParse(value, CultureInfo.InvariantCulture, out bytes) && bytes > 0,
        "--events" => long.TryParse(value, CultureInfo.InvariantCulture, out count) && count > 0,
        "--seed" => ulong.TryParse(value, CultureInfo.InvariantCulture, out seed),
        "--pace" => int.TryParse(value, CultureInfo.InvariantCulture, out pace) && pace is > 0 and < 1_000_000_000,
        "--out" => (path = value).Length > 0,
        _ => false,
    };
    if (!known)
    {
        Console.Error.WriteLine(Usage);
        return args[i] is "--help" or "-h" ? 0 : 2;
    }
    i++;
}
if (bytes == 0 && count == 0)
    bytes = 1_000_000;

using Stream file = path is null ? Console.OpenStandardOutput() : File.Create(path);
using Stream output = path?.EndsWith(".gz", StringComparison.Ordinal) == true ? new GZipStream(file, CompressionLevel.SmallestSize) : file;
var plan = new LogPlan(bytes, count, seed, attacks, pace);
var written = kind == LogKind.Trail ? TrailLog.Write(plan, output) : ShapedLog.Write(plan, kind, output);
Console.Error.WriteLine($"{written} events written");
return 0;
