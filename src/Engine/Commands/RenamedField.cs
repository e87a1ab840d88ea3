using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>`&lt;field&gt; [AS &lt;newfield&gt;]` with options around it: the grammar that `accum`, `autoregress` and `delta` share.</summary>
sealed record RenamedField(Token Field, Token? Target)
{
    /// <summary>Takes all arguments; options go to <paramref name="option"/>, which throws when it does not know one.</summary>
    internal static RenamedField TakeAll(CommandSyntax syntax, ArgumentReader reader, Action<string, Token> option)
    {
        Token? field = null;
        Token? target = null;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value)) option(name, value);
            else if (field is null) field = FieldArgument.TakePlain(reader);
            else if (target is null && reader.TryKeyword("AS")) target = FieldArgument.TakePlain(reader);
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        return field is null ? throw CommandErrors.Missing(syntax, "a field name") : new RenamedField(field, target);
    }
}
