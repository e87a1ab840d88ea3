using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Takes keys or elements at paths out of JSON text.</summary>
sealed class JsonDelete : Function
{
    public override string Name => "json_delete";

    public override string Usage => "json_delete(json, path [, path ...])";

    public override string Summary => "Takes keys or elements at paths out of JSON text.";

    public override (int Least, int Most) Arity => (2, int.MaxValue);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        JsonEdit.Apply(arguments, 1, creates: false, static (place, _, root) =>
        {
            place.Remove();
            return root;
        });
}
