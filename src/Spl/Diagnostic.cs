namespace Karst.Spl;

/// <summary>How bad a diagnostic is: an error means that the search cannot run.</summary>
public enum Severity { Error, Warning, Note }

/// <summary>What a diagnostic is about; `lint --json` prints the lower-case name.</summary>
public enum DiagnosticKind { Syntax, Name, Type, Schema, Unsupported, Style }

/// <summary>A user's mistake, or a thing that cannot be done: one sentence with its place, and a help line that can be pasted.</summary>
public sealed record Diagnostic(
    string Code,
    string Message,
    Span At,
    string? Help = null,
    DiagnosticKind Kind = DiagnosticKind.Syntax,
    Severity Severity = Severity.Error);

/// <summary>Ends the parse or bind of one search; carries the diagnostic that says why.</summary>
public sealed class SplException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>What is wrong, and where.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
