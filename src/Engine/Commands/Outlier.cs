using Karst.Engine.Aggregates;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Cuts or drops numbers far from the others (Splunk search reference, outlier).</summary>
sealed class Outlier : Command
{
    public override string Name => "outlier";

    public override string Usage => "outlier [action=transform|remove] [param=<number>] [uselower=<bool>] [mark=<bool>] [<field> ...]";

    public override string Summary => "Cuts numbers that lie far outside the quartiles of their field, or drops their rows.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new OutlierStage([]) { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "type" when value.Value.Equals("iqr", StringComparison.OrdinalIgnoreCase) => stage,
                    "type" => throw CommandErrors.BadValue(syntax, name, value, "`iqr`"),
                    "action" => stage with { Removes = IsRemove(syntax, name, value) },
                    "param" => stage with { Factor = OptionValue.Number(syntax, name, value) },
                    "uselower" => stage with { UsesLower = OptionValue.Bool(syntax, name, value) },
                    "mark" => stage with { Marks = OptionValue.Bool(syntax, name, value) },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "action", "param", "uselower", "mark", "type"),
                };
            }
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else stage = stage with { Fields = [.. stage.Fields, FieldArgument.Take(reader).Value] };
        }
        return stage;
    }

    static bool IsRemove(CommandSyntax syntax, string name, Token value) => value.Value.ToLowerInvariant() switch
    {
        "rm" or "remove" => true,
        "tf" or "transform" => false,
        _ => throw CommandErrors.BadValue(syntax, name, value, "`transform` or `remove`"),
    };
}

/// <summary>Numbers beyond the quartiles by more than a factor of what lies between these; without fields, those of all but internal ones.</summary>
public sealed record OutlierStage(IReadOnlyList<string> Fields) : Stage
{
    /// <summary>Rows with an outlier are dropped; else its number is cut to the nearest that is none.</summary>
    public bool Removes { get; init; }

    /// <summary>How many interquartile ranges a number may lie outside.</summary>
    public double Factor { get; init; } = 2.5;

    /// <summary>Small numbers can be outliers too.</summary>
    public bool UsesLower { get; init; }

    /// <summary>What was cut begins with `000`.</summary>
    public bool Marks { get; init; }

    /// <inheritdoc/>
    public override string Command => "outlier";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => Fields.Count == 0 ? FieldSet.All : after.With(Fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new OutlierOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"outlier action={(Removes ? "remove" : "transform")} {string.Join(' ', Fields)}";

    sealed class OutlierOperator(OutlierStage stage, RunContext run) : KeptRows("outlier", run)
    {
        protected override void GiveOut()
        {
            var names = Rows.Names.Where(name => stage.Fields.Count == 0 ? !name.StartsWith('_') : stage.Fields.Any(field => FieldArgument.Covers(field, name)));
            var bounds = new List<(string Name, double Least, double Most)>();
            foreach (var name in names)
                if (Bounds(name) is var (least, most)) bounds.Add((name, least, most));
            foreach (var batch in Rows.ToBatches(Run.BatchSize))
                if (!Next.Push(stage.Removes ? Kept(batch, bounds) : Cut(batch, bounds))) return;
        }

        (double Least, double Most)? Bounds(string name)
        {
            var numbers = new List<double>();
            for (var row = 0; row < Rows.Count; row++)
            {
                var value = Rows.Get(name, row);
                for (var i = 0; i < value.Count; i++)
                    if (value[i].TryNumber(out var number)) numbers.Add(number);
            }
            if (numbers.Count == 0) return null;
            double[] sorted = [.. numbers.Order()];
            var (low, high) = (Ranking.Nearest(sorted, 25), Ranking.Nearest(sorted, 75));
            var reach = stage.Factor * (high - low);
            return (stage.UsesLower ? low - reach : double.NegativeInfinity, high + reach);
        }

        static Batch Kept(Batch batch, List<(string Name, double Least, double Most)> bounds)
        {
            var rows = new List<int>();
            for (var row = 0; row < batch.Count; row++)
                if (!bounds.Exists(bound => batch.Find(bound.Name) is { } column && IsOutside(column.Values[row], bound.Least, bound.Most))) rows.Add(row);
            return batch.Select([.. rows]);
        }

        static bool IsOutside(Value value, double least, double most)
        {
            for (var i = 0; i < value.Count; i++)
                if (value[i].TryNumber(out var number) && (number < least || number > most)) return true;
            return false;
        }

        Batch Cut(Batch batch, List<(string Name, double Least, double Most)> bounds)
        {
            foreach (var (name, least, most) in bounds)
                if (batch.Find(name) is { } column) batch = batch.With(name, [.. column.Values.Take(batch.Count).Select(value => Cut(value, least, most))]);
            return batch;
        }

        Value Cut(Value value, double least, double most)
        {
            if (value.IsMultivalue)
            {
                var many = new Value[value.Count];
                for (var i = 0; i < many.Length; i++) many[i] = Cut(value[i], least, most);
                return Value.FromMany(many);
            }
            if (!value.TryNumber(out var number) || (number >= least && number <= most)) return value;
            var cut = Value.FromNumber(number < least ? least : most);
            return stage.Marks ? Value.FromText("000" + cut) : cut;
        }
    }
}
