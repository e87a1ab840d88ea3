using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>`x LIKE "a%"` and `like(x, "a%")`: the whole text matches; `%` is any run, `_` one character, case counts. One of several values is enough.</summary>
public sealed class LikeEvaluator(Evaluator text, Evaluator pattern) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override bool IsConstant => text.IsConstant && pattern.IsConstant;

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new LikeEvaluator(text.Fold(), pattern.Fold());

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        var value = text.Evaluate(row);
        var like = pattern.Evaluate(row);
        if (value.IsNull || like.Count != 1) return Value.Null;
        Span<byte> first = stackalloc byte[ScalarText.Scratch];
        Span<byte> second = stackalloc byte[ScalarText.Scratch];
        var wanted = ScalarText.Of(like, second);
        for (var i = 0; i < value.Count; i++)
            if (Matches(wanted, ScalarText.Of(value[i], first))) return Value.FromBool(true);
        return Value.FromBool(false);
    }

    /// <summary>The whole text matches the pattern.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && pattern[p] == '_')
            {
                p++;
                t += CharacterLength(text, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                mark += CharacterLength(text, mark);
                t = mark;
            }
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '%') p++;
        return p == pattern.Length;
    }

    static int CharacterLength(ReadOnlySpan<byte> text, int at)
    {
        var length = 1;
        while (at + length < text.Length && (text[at + length] & 0xC0) == 0x80) length++;
        return length;
    }
}
