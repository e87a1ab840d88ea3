namespace Karst.Events;

/// <summary>A record of a Windows event log that cannot be read as what it says it is.</summary>
sealed class EvtxDamage(string message) : Exception(message);
