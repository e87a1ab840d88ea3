namespace Karst.Events;

/// <summary>Why gzip data cannot be read on.</summary>
static class GzipDamage
{
    public static InvalidDataException EndsEarly() => new("the gzip data ends early");

    public static InvalidDataException Because(string reason) => new($"the gzip data is damaged: {reason}");
}
