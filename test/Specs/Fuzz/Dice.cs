namespace Karst.Specs.Fuzz;

/// <summary>Random choices that a seed repeats.</summary>
sealed class Dice(int seed)
{
    readonly Random _random = new(seed);

    /// <summary>A number from 0 up to, not including, <paramref name="end"/>.</summary>
    public int Below(int end) => _random.Next(end);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => _random.Next(times) == 0;

    /// <summary>One of the choices.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>From <paramref name="least"/> to <paramref name="most"/> things, with a text between them.</summary>
    public string Many(int least, int most, string between, Func<string> make) =>
        string.Join(between, Enumerable.Range(0, least + Below(most - least + 1)).Select(_ => make()));
}
