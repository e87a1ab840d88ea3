#pragma warning disable CA5350, CA5351 // The search asks for this digest; nothing is protected by it.
using System.Security.Cryptography;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the SHA-1 digest of a text in hexadecimal.</summary>
sealed class Sha1 : Function
{
    public override string Name => "sha1";

    public override string Usage => "sha1(text)";

    public override string Summary => "Gives the SHA-1 digest of a text in hexadecimal.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        arguments[0].Count == 1 ? Value.FromText(Convert.ToHexStringLower(SHA1.HashData(arguments[0].AsUtf8()))) : Value.Null;
}
