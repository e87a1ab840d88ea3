using Karst.Engine.Plans;

namespace Karst.Engine.Knowledge;

/// <summary>A knowledge stage that can leave out what nobody wants.</summary>
interface INarrowable
{
    /// <summary>The stage that makes just the wanted fields, or null when it makes none of them.</summary>
    Stage? Narrow(FieldSet wanted);
}
