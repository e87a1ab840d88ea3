namespace Karst.Specs.Fuzz;

/// <summary>A made search and what it is given.</summary>
sealed record FuzzProgram(int Seed, bool IsRaw, IReadOnlyList<string> Rows, IReadOnlyList<string> Commands)
{
    static readonly string[] s_lookup = ["kind,number,label", "a,1,first", "b,2,second", "a,3,", "ann,10,\"x,y\""];

    /// <summary>The program of a seed.</summary>
    public static FuzzProgram Of(int seed)
    {
        var dice = new Dice(seed);
        var isRaw = dice.OneIn(5);
        var rows = isRaw ? RowDice.Raw(dice) : RowDice.Rows(dice);
        return new FuzzProgram(seed, isRaw, rows, new CommandDice(dice).Program(isRaw));
    }

    /// <summary>The search.</summary>
    public string Search => (IsRaw ? "" : "| ") + string.Join("\n| ", Commands);

    /// <summary>The case of it.</summary>
    public SpecCase Case => new("fuzz", $"seed {Seed}", 0,
    [
        new SpecSection("given", IsRaw ? "raw sourcetype=made source=made host=here index=main" : "jsonl", Rows, 0, 0),
        new SpecSection("options", "limit.memory=200000000", [], 0, 0),
        new SpecSection("lookup", "things", s_lookup, 0, 0),
        new SpecSection("search", "", Search.Split('\n'), 0, 0),
    ]);

    /// <summary>The case as a page would hold it, without what is expected.</summary>
    public override string ToString() =>
        $"seed {Seed}\n```spec\n" + string.Join('\n', Case.Sections.Select(section => $"{section.Keyword} {section.Rest}".TrimEnd() + string.Concat(section.Lines.Select(line => "\n  " + line)))) + "\nexpect rows\n```";

    /// <summary>Programs with one thing less.</summary>
    public IEnumerable<FuzzProgram> Smaller()
    {
        for (var size = Math.Max(1, Rows.Count / 2); size >= 1; size /= 2)
            for (var at = 0; at + size <= Rows.Count; at += size)
                yield return this with { Rows = [.. Rows.Take(at), .. Rows.Skip(at + size)] };
        for (var at = IsRaw ? 1 : 0; at < Commands.Count && Commands.Count > 1; at++)
            yield return this with { Commands = [.. Commands.Take(at), .. Commands.Skip(at + 1)] };
        if (IsRaw) yield break;
        foreach (var name in RowDice.Names)
        {
            List<string> rows = [.. Rows.Select(row => Without(row, name))];
            if (!rows.SequenceEqual(Rows)) yield return this with { Rows = rows };
        }
    }

    static string Without(string row, string name)
    {
        var fields = System.Text.Json.Nodes.JsonNode.Parse(row)!.AsObject();
        return fields.Remove(name) ? fields.ToJsonString(RowDice.Plain) : row;
    }
}
