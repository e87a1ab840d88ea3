using System.Text.RegularExpressions;
using Karst.Engine.Paths;
using Karst.Engine.Plans;
using Karst.Engine.Regexes;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Takes fields out of text with a regular expression, or replaces text as sed does.</summary>
sealed class Rex : Command
{
    public override string Name => "rex";

    public override string Usage => "rex [field=<field>] [max_match=<count>] [offset_field=<field>] \"<regex>\" | rex [field=<field>] mode=sed \"<script>\"";

    public override string Summary => "Takes fields out of text with the named groups of a regular expression, or replaces text as sed does.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var field = "_raw";
        var most = 1;
        string? offsets = null;
        var isSed = false;
        Token? pattern = null;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                switch (name)
                {
                    case "field": field = value.Value; break;
                    case "max_match": most = OptionValue.Whole(syntax, name, value); break;
                    case "offset_field": offsets = value.Value; break;
                    case "mode" when value.Value == "sed": isSed = true; break;
                    case "mode": throw CommandErrors.BadValue(syntax, name, value, "`sed`");
                    default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "field", "max_match", "offset_field", "mode");
                }
            }
            else if (pattern is null) pattern = reader.TakeField("a regular expression between double quotes");
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (pattern is null) throw CommandErrors.Missing(syntax, "a regular expression between double quotes");
        if (isSed) return new SedStage(field, SedScript.Parse(pattern)) { At = syntax.Span };
        var regex = PcreRegex.Compile(pattern.Value, pattern.Span);
        if (regex.Names.Count == 0)
            throw new SplException(new Diagnostic("SPL129", $"`rex` extracts nothing: the expression has no named group", pattern.Span, "name what is wanted: `(?<name>...)`"));
        return new RexStage(field, regex, most, offsets) { At = syntax.Span };
    }
}

/// <summary>The named groups of the first matches, at most <see cref="Most"/> a value (0 is all); a row without a match keeps what it has.</summary>
public sealed record RexStage(string Field, PcreRegex Pattern, int Most, string? OffsetField) : Stage
{
    /// <inheritdoc/>
    public override string Command => "rex";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Pattern.Names.Select(group => group.Name)).With(OffsetField is null ? [] : [OffsetField]);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new RexOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"rex field={Field}{(Most == 1 ? "" : $" max_match={Most}")} \"{Pattern.Pattern}\"";

    sealed class RexOperator(RexStage stage, RunContext run) : Operator
    {
        readonly FieldCollector _fields = new();

        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Field) is not { } column) return Next.Push(batch);
            _fields.Start(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                var value = column.Values[row];
                for (var i = 0; i < value.Count; i++) Extract(value[i].ToString());
                _fields.EndRow(row);
            }
            return Next.Push(_fields.Take(batch.Count));
        }

        void Extract(string text)
        {
            foreach (var match in stage.Pattern.Matches(text, run, stage.Most == 0 ? int.MaxValue : stage.Most))
            {
                foreach (var (name, number) in stage.Pattern.Names)
                    if (match.Groups[number] is { Success: true } group) _fields.Add(_fields.SlotOf(name), Value.FromText(group.Value));
                if (stage.OffsetField is { } offsets) _fields.Add(_fields.SlotOf(offsets), Value.FromText(Offsets(match)));
            }
        }

        // Splunk: `name=0-9` for the first ten characters; several groups are joined by `&`.
        string Offsets(Match match) =>
            string.Join('&', stage.Pattern.Names
                .Where(group => match.Groups[group.Number].Success)
                .Select(group => $"{group.Name}={match.Groups[group.Number].Index}-{match.Groups[group.Number].Index + match.Groups[group.Number].Length - 1}"));
    }
}

/// <summary>A field with its text replaced as sed does.</summary>
public sealed record SedStage(string Field, SedScript Script) : Stage
{
    /// <inheritdoc/>
    public override string Command => "rex";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Field);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SedOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"rex field={Field} mode=sed \"{Script.Text}\"";

    sealed class SedOperator(SedStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Field) is not { } column) return Next.Push(batch);
            var values = new Value[batch.Count];
            for (var row = 0; row < values.Length; row++) values[row] = Apply(column.Values[row]);
            return Next.Push(batch.With(stage.Field, values));
        }

        Value Apply(Value value)
        {
            if (value.IsNull) return value;
            if (!value.IsMultivalue) return Value.FromText(stage.Script.Apply(value.ToString(), run));
            var many = new Value[value.Count];
            for (var i = 0; i < many.Length; i++) many[i] = Apply(value[i]);
            return Value.FromMany(many);
        }
    }
}
