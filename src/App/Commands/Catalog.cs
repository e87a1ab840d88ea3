using System.CommandLine;

namespace Karst.App.Commands;

/// <summary>The published catalogue of rules: named in the contract of the command line, refused until it is there.</summary>
sealed class Catalog : Verb
{
    readonly Argument<string[]> _arguments = new("ARGUMENTS") { Description = "Not read yet.", Arity = ArgumentArity.ZeroOrMore };

    public override string Name => "catalog";

    public override string Summary => "Publishes the catalogue of rules as pages (not there in this version).";

    public override string Usage => "build|serve|diff ...";

    public override IReadOnlyList<(string Line, string What)> Examples => [("karst explain RULE", "shows what the catalogue will show of one rule")];

    public override IReadOnlyList<Argument> Arguments => [_arguments];

    public override int Run(ParseResult parsed, CancellationToken cancellation) =>
        throw new UsageException("`catalog` is not there in this version; `karst explain RULE` shows one rule's stages, predicates and fields");
}
