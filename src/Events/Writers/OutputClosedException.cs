namespace Karst.Events;

/// <summary>Whoever read the output has closed it (`| head`): the end is to be quiet.</summary>
public sealed class OutputClosedException : IOException
{
    /// <summary>The output was closed.</summary>
    public OutputClosedException() : base("the output was closed by its reader")
    {
    }

    /// <summary>The output was closed, as a failure showed.</summary>
    public OutputClosedException(Exception cause) : base("the output was closed by its reader", cause)
    {
    }
}
