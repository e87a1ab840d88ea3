using System.Net;
using Karst.Engine.Knowledge.Places;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Says where addresses are (Splunk search reference, iplocation).</summary>
sealed class Iplocation : Command
{
    static readonly string[] s_some = ["City", "Country", "Region", "lat", "lon"];
    static readonly string[] s_all = ["City", "Continent", "Country", "MetroCode", "Region", "Timezone", "lat", "lon"];

    public override string Name => "iplocation";

    public override string Usage => "iplocation [prefix=<text>] [allfields=<bool>] [lang=<language>] <field>";

    public override string Summary => "Adds the place of an address, out of a database of places.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var (prefix, language, fields) = ("", "en", s_some);
        Token? field = null;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                switch (name)
                {
                    case "prefix": prefix = value.Value; break;
                    case "lang": language = value.Value; break;
                    case "allfields": fields = OptionValue.Bool(syntax, name, value) ? s_all : s_some; break;
                    default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "prefix", "allfields", "lang");
                }
            }
            else if (field is null) field = FieldArgument.Take(reader);
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (field is null) throw CommandErrors.Missing(syntax, "the field that holds addresses");
        if (FieldArgument.IsPattern(field.Value)) throw CommandErrors.NoWildcard(syntax, field);
        try
        {
            return new IplocationStage(field.Value, fields, prefix, language, context.Knowledge.Places) { At = syntax.Span };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SplException(new Diagnostic("KNW020", $"the database of places cannot be read: {error.Message}", syntax.NameSpan, null));
        }
    }
}

/// <summary>The place of an address in fields with a prefix; without a database they are empty, and the run says so.</summary>
public sealed record IplocationStage(string Field, IReadOnlyList<string> Fields, string Prefix, string Language, PlaceDatabase? Places) : Stage
{
    /// <inheritdoc/>
    public override string Command => "iplocation";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Fields.Select(name => Prefix + name));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new LocationOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"iplocation {(Prefix.Length > 0 ? $"prefix={Prefix} " : "")}{Field}";

    sealed class LocationOperator(IplocationStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Field)?.Values is not { } addresses) return Next.Push(batch);
            var made = stage.Fields.Select(name => batch.Find(stage.Prefix + name)?.Values.AsSpan(0, batch.Count).ToArray() ?? new Value[batch.Count]).ToArray();
            for (var row = 0; row < batch.Count; row++)
            {
                if (addresses[row].IsNull) continue;
                if (stage.Places is null)
                {
                    run.Messages.Add("iplocation", "`iplocation` has no database of places, so its fields are empty; an app with lookups/*.mmdb brings one (--app)");
                    foreach (var values in made) values[row] = Value.Empty;
                    continue;
                }
                var places = Find(addresses[row], stage.Places);
                for (var at = 0; places.Count > 0 && at < made.Length; at++)
                    made[at][row] = Value.FromMany(places.ConvertAll(place => Value.FromText(place.Get(stage.Fields[at], stage.Language))));
            }
            for (var at = 0; at < made.Length; at++) batch = batch.With(stage.Prefix + stage.Fields[at], made[at]);
            return Next.Push(batch);
        }

        List<Place> Find(Value addresses, PlaceDatabase database)
        {
            var places = new List<Place>();
            for (var i = 0; i < addresses.Count; i++)
            {
                var text = addresses[i].ToString();
                // Of a network in CIDR notation its first address is looked up.
                if (text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash) text = text[..slash];
                if (!IPAddress.TryParse(text, out var address) || !text.AsSpan().ContainsAny('.', ':')) continue;
                try
                {
                    if (database.Find(address) is { } place) places.Add(place);
                }
                catch (InvalidDataException error)
                {
                    throw new SearchFailedException($"the database of places cannot be read: {error.Message}");
                }
            }
            return places;
        }
    }
}
