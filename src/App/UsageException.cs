namespace Karst.App;

/// <summary>The command line or a file it names asks for something that cannot be: one sentence, exit 2.</summary>
sealed class UsageException(string message) : Exception(message);
