using Karst.Engine.Running;
using Karst.Events;
using System.Text.Json;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a JSON object has a key, taking the key as it is.</summary>
sealed class JsonHasKeyExact : Function
{
    public override string Name => "json_has_key_exact";

    public override string Usage => "json_has_key_exact(json, key)";

    public override string Summary => "Tells whether a JSON object has a key, taking the key as it is.";

    public override (int Least, int Most) Arity => (2, 2);

    public override bool IsBoolean => true;

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].IsNull || arguments[1].IsNull) return Value.Null;
        using var document = Json.Parse(arguments[0]);
        return Value.FromBool(document?.RootElement is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(arguments[1].AsUtf8(), out _));
    }
}
