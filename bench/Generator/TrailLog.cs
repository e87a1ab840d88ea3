using System.Globalization;
using System.Text;

namespace Karst.Generator;

/// <summary>Writes a whole log of CloudTrail events, one JSON object a line.</summary>
public sealed class TrailLog
{
    /// <summary>One event in so many is the seed rule's (0.06 %).</summary>
    const int SeedEvery = 1_667;

    readonly LogPlan plan;
    readonly LineBuffer line;
    readonly Pcg random;
    readonly EventWriter events;
    readonly ScanResults scans;
    readonly Disguise disguise;
    readonly Scene scene = new() { Time = LogPlan.Start };
    readonly Action[] actions = Action.Load();
    readonly Identity[] identities = Identity.Load();
    readonly int[] ranks;
    readonly Queue<(double Share, Template[] Lines)> stories;
    long written;
    int seedPlace;

    TrailLog(LogPlan plan, Stream output)
    {
        this.plan = plan;
        line = new LineBuffer(output);
        random = new Pcg(plan.Seed);
        events = new EventWriter(random, line);
        scans = new ScanResults(random, line);
        disguise = new Disguise(random);
        ranks = Ranks(actions.Length);
        stories = plan.Attacks ? Stories() : new();
        seedPlace = random.Below(SeedEvery);
    }

    /// <summary>Writes the log to <paramref name="output"/>, which stays open; returns the number of events.</summary>
    public static long Write(LogPlan plan, Stream output)
    {
        var log = new TrailLog(plan, output);
        while (!plan.Ends(log.line.Total, log.written))
            log.Next();
        log.line.Flush();
        return log.written;
    }

    double Progress => plan.Events > 0 ? (double)written / plan.Events : (double)line.Total / plan.Bytes;

    void Next()
    {
        if (stories.TryPeek(out var story) && Progress >= story.Share)
            Tell(stories.Dequeue().Lines);
        var start = line.Position;
        scene.Time += random.Below(2 * plan.Pace);
        Cast();
        if (written % SeedEvery == seedPlace)
            scans.Write(scene);
        else
            Ordinary();
        if (written % SeedEvery == SeedEvery - 1)
            seedPlace = random.Below(SeedEvery);
        var spelling = random.Below(10_000);
        if (spelling < 100)
            disguise.Escape(line, start);
        else if (spelling < 200)
            disguise.Space(line, start);
        End();
    }

    void Cast()
    {
        var person = random.Below(400);
        scene.Person = person;
        scene.Account = Generator.Cast.Accounts[person % Generator.Cast.Accounts.Length];
        scene.Region = Generator.Cast.Regions[Math.Min(random.Below(Generator.Cast.Regions.Length), random.Below(Generator.Cast.Regions.Length))];
        scene.User = Generator.Cast.Users[person % Generator.Cast.Users.Length];
        scene.Role = Generator.Cast.Roles[person % Generator.Cast.Roles.Length];
        scene.Agent = Generator.Cast.Agents[(person + random.Below(3)) % Generator.Cast.Agents.Length];
        scene.Address = Addresses[person];
    }

    static readonly byte[][] Addresses =
        [.. Enumerable.Range(0, 400).Select(person => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(person % 2 == 0 ? "192.0.2" : "198.51.100")}.{40 + person % 200}")))];

    void Ordinary()
    {
        var action = actions[ranks[random.Below(ranks.Length)]];
        var identity = identities[random.Below(identities.Length)];
        while (!Fits(action, identity))
            identity = identities[random.Below(identities.Length)];
        scene.Service = action.Service;
        scene.Action = action.Name;
        if (identity.IsService)
            scene.Address = scene.Agent = Generator.Cast.Agents[^2];
        events.Write(scene, identity, action);
    }

    /// <summary>Root only reads and signs in, a service does not sign in, and a key for oneself is made by a user.</summary>
    static bool Fits(Action action, Identity identity)
    {
        if (action.OwnUser)
            return identity.IsUser;
        return action.SignIn ? !identity.IsService : !identity.IsRoot || action.ReadOnly;
    }

    void Tell(Template[] lines)
    {
        foreach (var template in lines)
        {
            scene.Time += 4_000 + random.Below(20_000);
            template.Write(line, scene, random);
            End();
        }
    }

    void End()
    {
        line.EndLine();
        written++;
    }

    /// <summary>A table to draw actions from: the first is about twenty times as frequent as the last.</summary>
    static int[] Ranks(int count)
    {
        var ranks = new List<int>();
        for (var rank = 0; rank < count; rank++)
            ranks.AddRange(Enumerable.Repeat(rank, 4_000 / (rank + 20)));
        return [.. ranks];
    }

    static Queue<(double Share, Template[] Lines)> Stories()
    {
        var told = Tables.Rows("stories.tsv").GroupBy(row => Tables.Number(row[0])).ToList();
        var queue = new Queue<(double, Template[])>();
        foreach (var story in told)
            queue.Enqueue((story.Key / (told.Count + 1.0), [.. story.Select(row => Template.Compile(row[1]))]));
        return queue;
    }
}
