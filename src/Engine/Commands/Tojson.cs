using System.Text.Json;
using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Writes each row as a JSON object (Splunk search reference, tojson).</summary>
sealed class Tojson : Command
{
    public override string Name => "tojson";

    public override string Usage => "tojson [auto|bool|json|none|num|str(<field> ...)] ... [default_type=<type>] [fill_null=<bool>] [include_internal=<bool>] [output_field=<field>]";

    public override string Summary => "Writes the fields of each row as a JSON object, in `_raw` or another field.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new TojsonStage([]) { At = syntax.Span };
        var types = new List<JsonTyping>();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "default_type" => stage with { Default = Type(syntax, value) },
                    "fill_null" => stage with { FillsNull = OptionValue.Bool(syntax, name, value) },
                    "include_internal" => stage with { TakesInternal = OptionValue.Bool(syntax, name, value) },
                    "output_field" => stage with { Target = value.Value },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "default_type", "fill_null", "include_internal", "output_field"),
                };
            }
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.Peek(1) is { Kind: TokenKind.Open, SpaceBefore: false }) Typings(syntax, reader, types);
            else types.Add(new JsonTyping(FieldArgument.Take(reader).Value, null));
        }
        return stage with { Typings = types };
    }

    static void Typings(CommandSyntax syntax, ArgumentReader reader, List<JsonTyping> types)
    {
        var type = Type(syntax, reader.Take());
        reader.TakeKind(TokenKind.Open, "`(`");
        while (reader.Peek().Kind != TokenKind.Close)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else types.Add(new JsonTyping(reader.TakeField("a field name or `)`").Value, type));
        }
        reader.Take();
    }

    static JsonType Type(CommandSyntax syntax, Token word) =>
        Enum.GetNames<JsonType>().Any(name => name.Equals(word.Value, StringComparison.OrdinalIgnoreCase))
            ? Enum.Parse<JsonType>(word.Value, ignoreCase: true)
            : throw CommandErrors.BadValue(syntax, "the type", word, "`auto`, `bool`, `json`, `none`, `num` or `str`");
}

/// <summary>How values become JSON: by what they look like, as one type where they fit it, or as they are.</summary>
public enum JsonType { None, Auto, Bool, Json, Num, Str }

/// <summary>The type of the fields that a name or pattern covers; null is the default.</summary>
public sealed record JsonTyping(string Field, JsonType? Type);

/// <summary>A JSON object of each row's fields, sorted by name: the named ones, or all.</summary>
public sealed record TojsonStage(IReadOnlyList<JsonTyping> Typings) : Stage
{
    /// <summary>The type of fields that are named without one.</summary>
    public JsonType Default { get; init; }

    /// <summary>What is absent or does not fit its type is written as null, else left out.</summary>
    public bool FillsNull { get; init; }

    /// <summary>Fields that begin with `_` belong to the object.</summary>
    public bool TakesInternal { get; init; }

    /// <summary>The field that the object goes to.</summary>
    public string Target { get; init; } = "_raw";

    /// <inheritdoc/>
    public override string Command => "tojson";

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    // Which rows a batch has says which columns it has, so a pattern with fill_null looks at all rows.
    public override bool IsRowwise => !FillsNull;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) =>
        Typings.Count == 0 || Typings.Any(typing => FieldArgument.IsPattern(typing.Field)) ? FieldSet.All : after.With(Typings.Select(typing => typing.Field));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => FillsNull ? new FilledOperator(this, run) : new TojsonOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"tojson {string.Join(' ', Typings.Select(typing => $"{(typing.Type ?? Default).ToString().ToLowerInvariant()}({typing.Field})"))} AS {Target}";

    JsonType? TypeOf(string field)
    {
        if (field.StartsWith('_') && !TakesInternal) return null;
        if (Typings.Count == 0) return Default;
        var typing = Typings.FirstOrDefault(typing => FieldArgument.IsPattern(typing.Field) ? Wildcard.Matches(typing.Field, field) : typing.Field == field);
        return typing is null ? null : typing.Type ?? Default;
    }

    Batch Apply(Batch batch, Func<string, bool> exists)
    {
        var fields = new List<(string Name, Value[] Values, JsonType Type)>();
        foreach (var column in batch.Columns)
            if (exists(column.Name) && TypeOf(column.Name) is { } type) fields.Add((column.Name, column.Values, type));
        fields.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        var made = new Value[batch.Count];
        for (var row = 0; row < made.Length; row++)
        {
            var at = row;
            made[row] = Json.Write(writer =>
            {
                writer.WriteStartObject();
                foreach (var (name, values, type) in fields) Write(writer, name, values[at], type);
                writer.WriteEndObject();
            });
        }
        return batch.With(Target, made);
    }

    void Write(Utf8JsonWriter writer, string name, Value value, JsonType type)
    {
        var items = new List<Action<Utf8JsonWriter>>();
        for (var i = 0; i < value.Count; i++)
            if (Item(value[i], type) is { } item) items.Add(item);
            else if (FillsNull) items.Add(static writer => writer.WriteNullValue());
        if (items.Count == 0 && !FillsNull) return;
        writer.WritePropertyName(name);
        if (items.Count == 0) writer.WriteNullValue();
        else if (!value.IsMultivalue) items[0](writer);
        else
        {
            writer.WriteStartArray();
            foreach (var item in items) item(writer);
            writer.WriteEndArray();
        }
    }

    // Null when the value does not fit the type.
    static Action<Utf8JsonWriter>? Item(Value value, JsonType type)
    {
        var text = value.ToString();
        Action<Utf8JsonWriter> asText = writer => writer.WriteStringValue(text);
        Action<Utf8JsonWriter> asIs = writer => Json.WriteValue(writer, value);
        return type switch
        {
            JsonType.Str => asText,
            JsonType.None => value.IsNumber ? asIs : asText,
            JsonType.Num => value.TryNumber(out _) ? asIs : null,
            JsonType.Bool => Truth(value) is { } truth ? writer => writer.WriteBooleanValue(truth) : null,
            JsonType.Json => IsJson(value) ? writer => writer.WriteRawValue(text) : null,
            _ => value.TryNumber(out _) ? asIs : IsJson(value) ? writer => writer.WriteRawValue(text) : asText,
        };
    }

    static bool IsJson(Value value) => Json.KindOf(value) != JsonValueKind.Undefined;

    static bool? Truth(Value value) =>
        value.TryNumber(out var number) ? number != 0
        : value.ToString().ToLowerInvariant() switch
        {
            "true" or "t" or "yes" => true,
            "false" or "f" or "no" => false,
            _ => null,
        };

    sealed class TojsonOperator(TojsonStage stage) : Operator
    {
        public override bool Push(Batch batch) => Next.Push(stage.Apply(batch, static _ => true));
    }

    sealed class FilledOperator(TojsonStage stage, RunContext run) : KeptRows("tojson", run)
    {
        protected override void GiveOut() => PassOn(Rows.ToBatches(Run.BatchSize).Select(batch => stage.Apply(batch, Rows.HasField)));
    }
}
