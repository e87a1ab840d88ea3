using System.Globalization;
using System.Text;

namespace Karst.Generator;

/// <summary>Writes a whole log of a kind whose events are drawn from a table, each shape as often as its share says.</summary>
public sealed class ShapedLog
{
    readonly LogPlan plan;
    readonly LineBuffer line;
    readonly Pcg random;
    readonly Template[] shapes;
    readonly Executable[] programs;
    readonly Scene scene = new() { Time = LogPlan.Start };

    ShapedLog(LogPlan plan, LogKind kind, Stream output)
    {
        this.plan = plan;
        line = new LineBuffer(output);
        random = new Pcg(plan.Seed);
        (shapes, programs) = kind switch
        {
            LogKind.Windows => (Shapes("windows.tsv", '[', ']'), Executable.Load("programs.tsv")),
            LogKind.Audit => (Shapes("audit.tsv", '[', ']'), Executable.Load("tools.tsv")),
            LogKind.O365 => (Shapes("o365.tsv", '<', '>'), []),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Writes the log to <paramref name="output"/>, which stays open; returns the number of events.</summary>
    public static long Write(LogPlan plan, LogKind kind, Stream output)
    {
        var log = new ShapedLog(plan, kind, output);
        while (!plan.Ends(log.line.Total, log.scene.Serial))
            log.Next();
        log.line.Flush();
        return log.scene.Serial;
    }

    void Next()
    {
        scene.Time += random.Below(2 * plan.Pace);
        scene.Serial++;
        scene.Person = random.Below(400);
        scene.User = Cast.Users[scene.Person % Cast.Users.Length];
        scene.Host = Hosts[scene.Person % Hosts.Length];
        scene.Address = Addresses[scene.Person];
        if (programs.Length > 0)
            scene.Program = programs[random.Below(programs.Length)];
        shapes[random.Below(shapes.Length)].Write(line, scene, random);
        line.EndLine();
    }

    static Template[] Shapes(string table, char opening, char closing)
    {
        var shapes = new List<Template>();
        foreach (var row in Tables.Rows(table))
            shapes.AddRange(Enumerable.Repeat(Template.Compile(row[1], opening, closing), Tables.Number(row[0])));
        return [.. shapes];
    }

    static readonly byte[][] Hosts =
        [.. Enumerable.Range(0, 40).Select(host => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(host % 4 == 0 ? "dc" : host % 4 == 1 ? "files" : "desk")}-{host:00}")))];

    static readonly byte[][] Addresses =
        [.. Enumerable.Range(0, 400).Select(person => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"10.20.{person / 200}.{20 + person % 200}")))];
}
