using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Adds what is known of the search (Splunk search reference, addinfo).</summary>
sealed class Addinfo : Command
{
    public override string Name => "addinfo";

    public override string Usage => "addinfo";

    public override string Summary => "Adds the search's time window, start and id to each row.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        new ArgumentReader(syntax).ExpectEnd();
        return new AddinfoStage { At = syntax.Span };
    }
}

/// <summary>The fields `info_min_time`, `info_max_time`, `info_search_time` and `info_sid`.</summary>
public sealed record AddinfoStage : Stage
{
    static readonly string[] s_fields = ["info_min_time", "info_max_time", "info_search_time", "info_sid"];

    /// <inheritdoc/>
    public override string Command => "addinfo";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(s_fields);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Without(s_fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new InfoOperator(run);

    sealed class InfoOperator(RunContext run) : Operator
    {
        // A search without an end has `+Infinity` there, which is what Splunk writes; times have three decimals.
        readonly Value[] _values =
        [
            Time(run.Earliest),
            double.IsPositiveInfinity(run.Latest) ? Value.FromText("+Infinity") : Time(run.Latest),
            Time(run.Now),
            Value.FromText(Sid(run.Now)),
        ];

        public override bool Push(Batch batch)
        {
            for (var field = 0; field < s_fields.Length; field++)
            {
                var values = new Value[batch.Count];
                Array.Fill(values, _values[field]);
                batch = batch.With(s_fields[field], values);
            }
            return Next.Push(batch);
        }

        static Value Time(double epoch) => Value.FromText(epoch.ToString("F3", System.Globalization.CultureInfo.InvariantCulture));

        // Splunk's ids of searches begin with their start; there is no search head here that counts them.
        static string Sid(double now) => now.ToString("F0", System.Globalization.CultureInfo.InvariantCulture) + ".1";
    }
}
