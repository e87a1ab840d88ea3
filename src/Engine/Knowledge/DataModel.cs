namespace Karst.Engine.Knowledge;

/// <summary>A data model: datasets with their constraints and fields.</summary>
public sealed class DataModel
{
}
