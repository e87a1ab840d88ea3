using System.Buffers;
using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>`a . b . c`: the texts one after another; absent when any part is absent or holds several values.</summary>
public sealed class ConcatEvaluator(Evaluator[] parts) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsConstant => Array.TrueForAll(parts, static part => part.IsConstant);

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new ConcatEvaluator(Array.ConvertAll(parts, static part => part.Fold()));

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
        var buffer = ArrayPool<byte>.Shared.Rent(256);
        try
        {
            var length = 0;
            foreach (var part in parts)
            {
                var value = part.Evaluate(row);
                if (value.Count != 1) return Value.Null;
                var text = ScalarText.Of(value, scratch);
                if (length + text.Length > buffer.Length) Grow(ref buffer, length, length + text.Length);
                text.CopyTo(buffer.AsSpan(length));
                length += text.Length;
            }
            return Value.FromUtf8(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Two texts as one.</summary>
    internal static Value Join(Value first, Value second)
    {
        var joined = new byte[first.Utf8.Length + second.Utf8.Length];
        first.Utf8.CopyTo(joined);
        second.Utf8.CopyTo(joined.AsSpan(first.Utf8.Length));
        return Value.FromUtf8(joined);
    }

    static void Grow(ref byte[] buffer, int used, int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
