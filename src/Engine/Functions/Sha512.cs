using System.Security.Cryptography;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Gives the SHA-512 digest of a text in hexadecimal.</summary>
sealed class Sha512 : Function
{
    public override string Name => "sha512";

    public override string Usage => "sha512(text)";

    public override string Summary => "Gives the SHA-512 digest of a text in hexadecimal.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run) =>
        arguments[0].Count == 1 ? Value.FromText(Convert.ToHexStringLower(SHA512.HashData(arguments[0].AsUtf8()))) : Value.Null;
}
