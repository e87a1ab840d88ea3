using System.Text;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Upper and lower case.</summary>
static class TextCase
{
    internal static Value Change(Value value, bool upper)
    {
        if (value.IsNull) return value;
        if (value.IsMultivalue)
        {
            var changed = new Value[value.Count];
            for (var i = 0; i < changed.Length; i++) changed[i] = Change(value[i], upper);
            return Value.FromMany(changed);
        }
        var text = value.AsUtf8();
        var needs = upper ? text.IndexOfAnyInRange((byte)'a', (byte)'z') >= 0 : text.IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0;
        if (!Ascii.IsValid(text))
        {
            var wide = Encoding.UTF8.GetString(text);
            return Value.FromText(upper ? wide.ToUpperInvariant() : wide.ToLowerInvariant());
        }
        if (!needs) return value.AsText();
        var bytes = text.ToArray();
        if (upper) Ascii.ToUpperInPlace(bytes, out _);
        else Ascii.ToLowerInPlace(bytes, out _);
        return Value.FromUtf8(bytes);
    }
}
