using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The subsearch in brackets that some commands end with.</summary>
static class Subrows
{
    /// <summary>Takes the subsearch and binds it to a plan of its own.</summary>
    internal static Plan Take(ArgumentReader reader, BindContext context) => context.BindSubsearch(TakeSyntax(reader));

    /// <summary>Takes the subsearch as it was written.</summary>
    internal static SearchSyntax TakeSyntax(ArgumentReader reader)
    {
        var token = reader.TakeKind(TokenKind.Subsearch, "a search in brackets");
        reader.ExpectEnd();
        return token.Subsearch ?? throw ArgumentReader.Error(SplErrors.Expected("a search in brackets", token, reader.Command));
    }

    /// <summary>The options that only steer how long and where a subsearch runs: one machine and one clock are all there is.</summary>
    internal static bool IsScheduling(string option) => option is "extendtimerange" or "maxtime" or "timeout" or "run_in_preview";
}
