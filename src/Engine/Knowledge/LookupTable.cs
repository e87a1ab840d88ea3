namespace Karst.Engine.Knowledge;

/// <summary>A lookup: rows with named columns, and how a row is found.</summary>
public sealed class LookupTable
{
}
