using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Lists the commands of a search.</summary>
sealed class CommandsFunction : Function
{
    public override string Name => "commands";

    public override string Usage => "commands(search)";

    public override string Summary => "Lists the commands of a search.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].Count != 1) return Value.Null;
        var search = SplParser.Parse(arguments[0].ToString()).Search;
        return Value.FromMany((Value[])[.. search.Commands.Where(command => command.Name.Length > 0).Select(command => Value.FromText(command.Name))]);
    }
}
