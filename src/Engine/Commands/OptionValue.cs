using System.Globalization;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Values of options, as Splunk writes them.</summary>
static class OptionValue
{
    /// <summary>`true`, `t`, `1`, `yes` and their opposites, in any case.</summary>
    internal static bool Bool(CommandSyntax command, string option, Token value) => value.Value.ToLowerInvariant() switch
    {
        "true" or "t" or "1" or "yes" or "y" => true,
        "false" or "f" or "0" or "no" or "n" => false,
        _ => throw CommandErrors.BadValue(command, option, value, "`true` or `false`"),
    };

    /// <summary>A whole number from <paramref name="least"/> on.</summary>
    internal static int Whole(CommandSyntax command, string option, Token value, int least = 0) =>
        int.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw CommandErrors.BadValue(command, option, value, least == 0 ? "a whole number" : $"a whole number from {least} on");

    /// <summary>A decimal number.</summary>
    internal static double Number(CommandSyntax command, string option, Token value) =>
        double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw CommandErrors.BadValue(command, option, value, "a number");
}
