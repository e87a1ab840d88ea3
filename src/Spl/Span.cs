namespace Karst.Spl;

/// <summary>A stretch of the source text: first character and length, in UTF-16 units.</summary>
public readonly record struct Span(int Start, int Length)
{
    /// <summary>The position just behind the last character.</summary>
    public int End => Start + Length;

    /// <summary>The span from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static Span FromBounds(int start, int end) => new(start, end - start);

    /// <summary>The same stretch of another text, whose positions a function knows; never of negative length.</summary>
    public Span Map(Func<int, int> position)
    {
        var start = position(Start);
        return FromBounds(start, Math.Max(start, position(End)));
    }

    /// <summary>The smallest span that covers both.</summary>
    public Span To(Span other) => FromBounds(Math.Min(Start, other.Start), Math.Max(End, other.End));
}
